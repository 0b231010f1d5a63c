package io.holdfast.collector.app;

/** This node cannot decide now; the caller may try again. */
final class NotLeadingException extends Exception {
  private static final long serialVersionUID = 1L;

  NotLeadingException(String message) {
    super(message);
  }

  NotLeadingException(String message, Throwable cause) {
    super(message, cause);
  }
}
