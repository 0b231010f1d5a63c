package io.holdfast.bench.agent;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param warmUp before the window, once every service is well
 * @param window in which memory and CPU are looked at; one look a second
 * @param kills of each supervisor's service, and starts of the service without a supervisor
 * @param longestPhase a kill comes at a random moment of this time, once the service is well
 */
record Extent(Duration warmUp, Duration window, int kills, Duration longestPhase) {

  /** The cycle of the peer: what is killed, is killed at any point of it. */
  private static final Duration CYCLE = Duration.ofSeconds(MonitFile.CYCLE);

  /** Until then an agent still compiles, and its heap finds its size. */
  private static final Duration SETTLED = Duration.ofMinutes(3);

  /** How long it is looked once more at what the kills left: a part of the window. */
  Duration afterwards() {
    return window.dividedBy(6);
  }

  static Extent of(boolean quick) {
    return quick
        ? new Extent(Duration.ofSeconds(10), Duration.ofSeconds(15), 5, CYCLE)
        : new Extent(SETTLED, Duration.ofSeconds(60), 30, CYCLE);
  }
}
