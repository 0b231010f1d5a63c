package io.holdfast.core.trust;

/** What was asked for is denied; the message says what is wrong and what to do. */
public final class DeniedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final TrustAnswer.Denial why;

  /** Denies. */
  public DeniedException(TrustAnswer.Denial why, String message) {
    super(message);
    this.why = why;
  }

  /** Why it is denied. */
  public TrustAnswer.Denial why() {
    return why;
  }
}
