package io.holdfast.core.trust;

/** One fact of the ledger about tokens and certificates. Times are the leader's wall clock. */
public sealed interface TrustChange {

  /** When it was decided. */
  long wallMillis();

  /**
   * A host may get one certificate for it.
   *
   * @param sha256 of the token's text, 64 hexadecimal digits; the token itself is nowhere kept
   * @param operator who asked for it
   */
  record TokenIssued(
      String sha256, String host, long wallMillis, long expiresWallMillis, String operator)
      implements TrustChange {}

  /** The token is worth nothing any more. */
  record TokenUsed(String sha256, long wallMillis) implements TrustChange {}

  /**
   * A certificate may now be signed and handed out.
   *
   * @param serial hexadecimal, lower case, without leading zeros
   * @param identity its URI, such as {@code holdfast://host/trade-a}
   */
  record CertificateIssued(
      String serial, String identity, long wallMillis, long notAfterWallMillis, Cause cause)
      implements TrustChange {}

  /** Why a certificate was issued. */
  enum Cause {
    /** A host showed a token. */
    ENROLMENT,
    /** A host's stream asked for it. */
    RENEWAL,
    /** A collector's own. */
    ITSELF
  }

  /**
   * These certificates are refused from now on.
   *
   * @param reason of the operator; may be empty
   */
  record CertificatesRevoked(
      RevocationTarget target, long wallMillis, String reason, String operator)
      implements TrustChange {}
}
