package io.holdfast.simulation;

import java.util.SplittableRandom;

/**
 * What goes wrong, and how often. Each run switches some of it off, so that rare combinations are
 * not drowned by the common ones.
 *
 * @param loss share of messages that are lost, 0 to 1
 * @param duplication share of messages that come twice, 0 to 1
 * @param delayMillis longest delay of a message
 * @param serviceCrashMillis mean time between crashes of services of one host; 0: none
 * @param agentCrashMillis mean time between crashes of one agent; 0: none
 * @param leaderCrashMillis mean time between crashes of the leader; 0: none
 * @param restartFailure share of restarts that do not work, 0 to 1
 * @param leaderDownMillis longest time that the leader is away after a crash
 */
record Faults(
    double loss,
    double duplication,
    long delayMillis,
    long serviceCrashMillis,
    long agentCrashMillis,
    long leaderCrashMillis,
    double restartFailure,
    long leaderDownMillis) {

  static final Faults NONE = new Faults(0, 0, 20, 0, 0, 0, 0, 20_000);

  static Faults drawn(SplittableRandom random) {
    return new Faults(
        random.nextBoolean() ? 0 : random.nextDouble(0.3),
        random.nextBoolean() ? 0 : random.nextDouble(0.5),
        random.nextBoolean() ? 20 : random.nextLong(20, 5_000),
        random.nextInt(4) == 0 ? 0 : random.nextLong(5_000, 120_000),
        random.nextBoolean() ? 0 : random.nextLong(10_000, 300_000),
        random.nextBoolean() ? 0 : random.nextLong(5_000, 200_000),
        random.nextBoolean() ? 0 : random.nextDouble(0.7),
        random.nextBoolean() ? 20_000 : random.nextLong(60_000, 600_000));
  }
}
