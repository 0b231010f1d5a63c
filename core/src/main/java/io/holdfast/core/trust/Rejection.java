package io.holdfast.core.trust;

/**
 * Why a certificate is not accepted.
 *
 * @param message a sentence that names the certificate and says what to do
 */
public record Rejection(Kind kind, String message) {

  /** What is wrong. */
  public enum Kind {
    EXPIRED,
    REVOKED
  }
}
