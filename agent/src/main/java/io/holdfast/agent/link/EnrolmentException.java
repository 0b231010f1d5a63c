package io.holdfast.agent.link;

/** The host did not get a certificate; the message says what is wrong and what to do. */
public final class EnrolmentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What went wrong. */
  public enum Kind {
    /** Something here: a file, or the command line. */
    HERE,
    /** The collector said no. */
    REFUSED,
    /** No collector answered as one. */
    NO_COLLECTOR
  }

  EnrolmentException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  EnrolmentException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
