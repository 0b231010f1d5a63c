package io.holdfast.core.agent;

import io.holdfast.core.Moment;

/** Decides what the agent reports and does. Pure: the same arguments give the same step. */
public final class AgentStep {

  private AgentStep() {}

  /** One step. */
  public static Step step(AgentState state, AgentEvent event, Moment now) {
    Turn turn = new Turn(state, now);
    EventIntake.take(turn, event);
    FirstStart.run(turn);
    CheckRounds.run(turn);
    Healer.run(turn);
    MemoryGuard.run(turn);
    return turn.finish();
  }
}
