package io.holdfast.core.agent;

import io.holdfast.core.health.CheckState;
import io.holdfast.core.plan.Check;
import java.util.OptionalLong;

/**
 * A check and when it runs next. Times are milliseconds of the boot clock.
 *
 * @param ticket of the probe under way; 0: none
 * @param startedBoot when that probe began
 * @param answerMillis what the newest answer took; empty: the newest run got none
 */
record CheckRun(
    Check check,
    CheckState state,
    long nextBoot,
    long ticket,
    long startedBoot,
    OptionalLong answerMillis) {

  static CheckRun due(Check check, CheckState state, long nowBoot) {
    return new CheckRun(check, state, nowBoot, 0, 0, OptionalLong.empty());
  }

  CheckRun started(long newTicket, long nowBoot) {
    return new CheckRun(check, state, nextBoot, newTicket, nowBoot, answerMillis);
  }

  CheckRun with(CheckState newState) {
    return new CheckRun(check, newState, nextBoot, ticket, startedBoot, answerMillis);
  }

  CheckRun answeredIn(OptionalLong millis) {
    return new CheckRun(check, state, nextBoot, ticket, startedBoot, millis);
  }

  CheckRun idleUntil(long boot) {
    return new CheckRun(check, state, boot, 0, 0, answerMillis);
  }

  boolean isRunning() {
    return ticket != 0;
  }
}
