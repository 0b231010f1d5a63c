package io.holdfast.agent.app;

/** The agent cannot start as it is configured; the message says what to change. */
final class StartRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  StartRefusedException(String message) {
    super(message);
  }
}
