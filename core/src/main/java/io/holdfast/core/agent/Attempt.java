package io.holdfast.core.agent;

import io.holdfast.core.plan.HealingRule;

/**
 * A healing action under way. Times are milliseconds of the boot clock.
 *
 * @param number of the attempt since the rule was armed
 * @param ticket of the action; 0 once it is done and its effect is being verified
 * @param doneBoot when the action was done
 */
record Attempt(HealingRule rule, int number, long ticket, long startedBoot, long doneBoot) {

  /**
   * How long a restarted service may take until its checks pass: the delay of the plan's document
   * before it verifies a restart (seed, RETRY_DELAY=30).
   */
  static final long VERIFY_MILLIS = 30_000;

  /** After this long an action that has not answered counts as failed. */
  static final long ACTION_MILLIS = 60_000;

  Attempt done(long nowBoot) {
    return new Attempt(rule, number, 0, startedBoot, nowBoot);
  }

  boolean isVerifying() {
    return ticket == 0;
  }

  long deadline() {
    return isVerifying() ? doneBoot + VERIFY_MILLIS : startedBoot + ACTION_MILLIS;
  }
}
