package io.holdfast.agent.act;

/** How an action on a service ended. */
public sealed interface ActionOutcome {

  /** What was asked for holds now. */
  record Done() implements ActionOutcome {}

  /**
   * Nothing was done: somebody else had run the service anew, or was about to, and it runs.
   *
   * @param detail how, for people
   */
  record Overtaken(String detail) implements ActionOutcome {}

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

  /** Empty when what was asked for holds; else what went wrong, for people. */
  default String failure() {
    return switch (this) {
      case Done done -> "";
      case Overtaken overtaken -> "";
      case Failed failed -> failed.detail();
      case Refused refused -> refused.detail();
    };
  }

  /** How somebody else was first, for people; else empty. */
  default String overtaken() {
    return this instanceof Overtaken(String detail) ? detail : "";
  }
}
