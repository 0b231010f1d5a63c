package io.holdfast.core.agent;

import java.util.List;

/**
 * What one step of the agent decided.
 *
 * @param next the state afterwards
 * @param actions to carry out, in this order
 * @param wakeAtBoot when to send {@link AgentEvent.Woken} at the latest, in milliseconds of the
 *     boot clock; {@link Long#MAX_VALUE}: no need
 */
public record Step(AgentState next, List<AgentAction> actions, long wakeAtBoot) {

  /** Copies the list. */
  public Step {
    actions = List.copyOf(actions);
  }
}
