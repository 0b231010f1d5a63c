package io.holdfast.core.agent;

import io.holdfast.core.agent.AgentAction.StartService;

/** Starts what the plan wants and what was never started since the host's keepers began. */
final class FirstStart {

  private FirstStart() {}

  static void run(Turn turn) {
    for (ServiceWatch watch : turn.services.values()) {
      if (watch.wantsFirstStart()) {
        watch.settlingUntil = turn.nowBoot() + Attempt.VERIFY_MILLIS;
        turn.act(new StartService(watch.name(), turn.newTicket()));
      }
    }
  }
}
