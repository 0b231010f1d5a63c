package io.holdfast.core.agent;

/** What is known of a service's main process. */
public sealed interface ProcessFact {

  /** Nothing yet, or the service is not managed here. */
  record Unknown() implements ProcessFact {}

  /** Its keeper is there and has never started it. */
  record NeverStarted() implements ProcessFact {}

  /** Running with this process id. */
  record Running(long pid) implements ProcessFact {}

  /**
   * Ended.
   *
   * @param exitCode 0 to 255; -1 when a signal ended it
   * @param signal 0 when it exited by itself
   */
  record Ended(int exitCode, int signal) implements ProcessFact {

    /** How it ended, for people. */
    public String describe() {
      return signal == 0 ? "exited with " + exitCode : "killed by signal " + signal;
    }
  }

  /** The process id, 0 when it does not run. */
  default long pid() {
    return this instanceof Running running ? running.pid() : 0;
  }
}
