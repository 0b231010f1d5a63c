package io.holdfast.core.agent;

import io.holdfast.core.health.CheckState;
import io.holdfast.core.plan.Check;

/**
 * A check and when it runs next. Times are milliseconds of the boot clock.
 *
 * @param ticket of the probe under way; 0: none
 * @param startedBoot when that probe began
 */
record CheckRun(Check check, CheckState state, long nextBoot, long ticket, long startedBoot) {

  static CheckRun due(Check check, CheckState state, long nowBoot) {
    return new CheckRun(check, state, nowBoot, 0, 0);
  }

  CheckRun started(long newTicket, long nowBoot) {
    return new CheckRun(check, state, nextBoot, newTicket, nowBoot);
  }

  CheckRun with(CheckState newState) {
    return new CheckRun(check, newState, nextBoot, ticket, startedBoot);
  }

  CheckRun idleUntil(long boot) {
    return new CheckRun(check, state, boot, 0, 0);
  }

  boolean isRunning() {
    return ticket != 0;
  }
}
