package io.holdfast.core.trust;

/** Which certificates are revoked. */
public sealed interface RevocationTarget {

  /** The one with that serial number: hexadecimal, lower case, without leading zeros. */
  record Serial(String serial) implements RevocationTarget {}

  /** All of that identity that were issued up to now, whoever issued them. */
  record Identity(String identity) implements RevocationTarget {}
}
