package io.holdfast.core.agent;

import io.holdfast.core.plan.Check;

/** What the shell of the agent is to do. */
public sealed interface AgentAction {

  /** Run this probe now and answer with {@link AgentEvent.ProbeFinished} of the same ticket. */
  record RunProbe(String service, Check check, long ticket) implements AgentAction {}

  /** Start the service; answer with {@link AgentEvent.ActionFinished} of the same ticket. */
  record StartService(String service, long ticket) implements AgentAction {}

  /**
   * Stop what is there of the service and start it, unless somebody else did so since; answer as
   * for a start.
   *
   * @param judged the main process that is to go, as it was known when this was decided
   */
  record RestartService(String service, long ticket, ProcessFact judged) implements AgentAction {}

  /** Put this event into the spool. */
  record Emit(HostEvent event) implements AgentAction {}
}
