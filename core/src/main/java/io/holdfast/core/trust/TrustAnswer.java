package io.holdfast.core.trust;

import io.holdfast.core.trust.TrustChange.CertificateIssued;

/** What is told once the changes of the same decision are committed. */
public sealed interface TrustAnswer {

  /** The token counts until then, by the leader's wall clock. */
  record TokenMade(String host, long expiresWallMillis) implements TrustAnswer {}

  /** This certificate is to be signed and handed out. */
  record Granted(CertificateIssued certificate) implements TrustAnswer {}

  /**
   * They are refused from now on.
   *
   * @param certificates that the ledger knows, that still hold and that this revoked
   * @param changed false: they were revoked before
   */
  record Revoked(int certificates, boolean changed) implements TrustAnswer {}

  /**
   * No.
   *
   * @param message what is wrong and what to do
   */
  record Denied(Denial why, String message) implements TrustAnswer {}

  /** Why not. */
  enum Denial {
    WRONG_TOKEN,
    EXPIRED_TOKEN,
    USED_TOKEN,
    OTHER_HOST,
    /** The certificate that was shown has expired or was revoked. */
    REJECTED,
    /** There is nobody here who could sign. */
    NO_AUTHORITY,
    /** A bound is reached. */
    TOO_MANY,
    /** The request cannot be right, whoever asks. */
    INVALID
  }
}
