package io.holdfast.agent.act;

/** How an action on a service ended. */
public sealed interface ActionOutcome {

  /** What was asked for holds now. */
  record Done() implements ActionOutcome {}

  /**
   * It was tried and does not hold.
   *
   * @param detail what went wrong, for people
   */
  record Failed(String detail) implements ActionOutcome {}

  /**
   * Nothing was tried.
   *
   * @param detail why not, for people
   */
  record Refused(String detail) implements ActionOutcome {}

  /** Empty when done; else what went wrong, for people. */
  default String failure() {
    return switch (this) {
      case Done done -> "";
      case Failed failed -> failed.detail();
      case Refused refused -> refused.detail();
    };
  }
}
