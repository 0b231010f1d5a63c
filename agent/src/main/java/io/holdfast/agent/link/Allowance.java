package io.holdfast.agent.link;

/**
 * How many messages a collector may still send. Each heartbeat and each batch of events that it
 * gets earns it some, so that one that floods its agent is left before it takes the event loop.
 */
final class Allowance {
  static final int AT_FIRST = 64;
  static final int PER_HEARTBEAT = 16;
  private static final int MOST = 4_096;

  private int left = AT_FIRST;

  void earn(int messages) {
    left = Math.min(MOST, left + messages);
  }

  /** False when there was none left. */
  boolean spend() {
    left--;
    return left >= 0;
  }
}
