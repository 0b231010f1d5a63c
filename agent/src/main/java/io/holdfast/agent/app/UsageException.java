package io.holdfast.agent.app;

/** The command line is not one of those that the help lists; the message says what is wrong. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
