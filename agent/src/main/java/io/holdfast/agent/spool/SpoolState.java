package io.holdfast.agent.spool;

/** Whether events reach the disk. */
public sealed interface SpoolState {

  /** They do. */
  record Healthy() implements SpoolState {}

  /**
   * They do not: they wait in memory, and are not sent, until writing works again.
   *
   * @param detail why, for people
   * @param held how many wait
   */
  record Failing(String detail, int held) implements SpoolState {}
}
