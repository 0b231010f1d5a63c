package io.holdfast.pki;

/** Certificates could not be made, written or read. The message is for the operator, complete. */
public final class PkiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed, where, and what is allowed. */
  public PkiException(String message) {
    super(message);
  }

  /** The same, with what it came from for the log. */
  public PkiException(String message, Throwable cause) {
    super(message, cause);
  }
}
