package io.holdfast.core.agent;

import io.holdfast.core.Moment;
import io.holdfast.core.healing.HealingLog;
import io.holdfast.core.plan.HealingRule.Trigger;
import java.util.Optional;

/**
 * What an agent leaves to the next one of the same boot about a service: without it a new agent
 * could not say how long the service was down, would not verify a restart that is under way, and
 * would begin to count attempts and budget anew.
 *
 * @param lastGood when every check had passed last
 * @param outage present while the service is in one
 * @param attempt a healing action that is not verified yet
 */
public record ServiceMemory(
    Optional<Moment> lastGood,
    Optional<OutageStart> outage,
    HealingLog log,
    Optional<AttemptMemory> attempt) {

  /** The last instant at which all was well before the outage; empty: never seen well. */
  public record OutageStart(Optional<Moment> lastGood) {}

  /**
   * A healing action.
   *
   * @param number of the attempt since the rule was armed
   * @param startedBoot milliseconds of the boot clock
   */
  public record AttemptMemory(Trigger trigger, int number, long startedBoot) {}

  static ServiceMemory of(ServiceWatch watch) {
    return new ServiceMemory(
        watch.lastGood,
        watch.outage,
        watch.log,
        watch.attempt.map(
            attempt ->
                new AttemptMemory(
                    attempt.rule().trigger(), attempt.number(), attempt.startedBoot())));
  }
}
