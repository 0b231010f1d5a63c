package io.holdfast.wire;

/**
 * A message that this build cannot take: its message says which field, what it has and what fits.
 */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for people. */
  public WireException(String message) {
    super(message);
  }

  /** With a sentence for people and what it came from. */
  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
