package io.holdfast.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt. Within a round each collector is tried at once after
 * the one before; after a round comes a random wait up to a bound that doubles (full jitter, so
 * that a fleet does not come back in step).
 */
final class Retry {
  private static final int MAX_DOUBLINGS = 30;

  private final LinkTimings timings;
  private final int collectors;
  private final RandomGenerator random;
  private int rounds;
  private int triedInRound;
  private boolean allLasting = true;

  Retry(LinkTimings timings, int collectors, RandomGenerator random) {
    this.timings = timings;
    this.collectors = collectors;
    this.random = random;
  }

  /**
   * Milliseconds to wait after an attempt that ended.
   *
   * @param lasting whether another try would most likely end the same
   * @param open how long the stream was open; zero: never
   */
  long after(boolean lasting, Duration open) {
    if (open.compareTo(timings.stable()) >= 0) {
      rounds = 0;
      triedInRound = 0;
      allLasting = true;
    }
    triedInRound++;
    allLasting &= lasting;
    if (triedInRound < collectors) {
      return 0;
    }
    long wait = allLasting ? refusedWait() : nextWait();
    rounds++;
    triedInRound = 0;
    allLasting = true;
    return wait;
  }

  private long refusedWait() {
    long least = timings.refusedWait().toMillis();
    return least + random.nextLong(2 * least + 1);
  }

  private long nextWait() {
    long first = timings.firstWait().toMillis();
    long bound =
        rounds > MAX_DOUBLINGS
            ? timings.longestWait().toMillis()
            : Math.min(timings.longestWait().toMillis(), first << rounds);
    return random.nextLong(bound + 1);
  }
}
