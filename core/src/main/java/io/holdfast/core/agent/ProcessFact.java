package io.holdfast.core.agent;

/** What is known of a service's main process. */
public sealed interface ProcessFact {

  /** Nothing yet, or the service is not managed here. */
  record Unknown() implements ProcessFact {}

  /** Its keeper is there and has never started it. */
  record NeverStarted() implements ProcessFact {}

  /**
   * It was known and cannot be asked for now.
   *
   * @param why for people
   */
  record Lost(String why) implements ProcessFact {}

  /** Running with this process id. */
  record Running(long pid) implements ProcessFact {}

  /**
   * Ended.
   *
   * @param exitCode 0 to 255; -1 when a signal ended it
   * @param signal 0 when it exited by itself
   * @param ending what else is known of it
   */
  record Ended(int exitCode, int signal, Ending ending) implements ProcessFact {

    /** How it ended, for people. */
    public String describe() {
      return how() + (ending.saysMore() ? " (" + ending.result() + ")" : "");
    }

    private String how() {
      if (signal != 0) {
        return "killed by signal " + signal;
      }
      return exitCode < 0 ? "did not run" : "exited with " + exitCode;
    }
  }

  /**
   * Whether the service was run anew since this was known.
   *
   * @param pid of its main process now; 0: none
   */
  default boolean isOutdatedBy(long pid) {
    return switch (this) {
      case Running(long known) -> pid > 0 && pid != known;
      case Ended ended -> pid > 0;
      case NeverStarted never -> pid > 0;
      case Lost lost -> false;
      case Unknown unknown -> false;
    };
  }

  /** The process id, 0 when it does not run. */
  default long pid() {
    return this instanceof Running running ? running.pid() : 0;
  }
}
