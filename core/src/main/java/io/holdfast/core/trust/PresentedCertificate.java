package io.holdfast.core.trust;

/**
 * A certificate that a peer showed and that an authority has signed.
 *
 * @param serial hexadecimal, lower case, without leading zeros
 * @param identity its URI, such as {@code holdfast://host/trade-a}
 */
public record PresentedCertificate(
    String serial, String identity, long notBeforeWallMillis, long notAfterWallMillis) {

  /** How long it holds from {@code wallMillis} on, in milliseconds; negative: it has ended. */
  public long holdsFor(long wallMillis) {
    return notAfterWallMillis - wallMillis;
  }

  @Override
  public String toString() {
    return identity + " (serial " + serial + ")";
  }
}
