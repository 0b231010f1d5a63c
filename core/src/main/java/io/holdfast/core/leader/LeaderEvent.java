package io.holdfast.core.leader;

import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.plan.Plan;
import java.util.List;

/** What the shell of the collector tells the step. A ticket names the caller that waits. */
public sealed interface LeaderEvent {

  /** A batch of an agent's spool, in the order of its sequences. */
  record EventsArrived(String host, String spoolId, List<SpooledEvent> events, long ticket)
      implements LeaderEvent {
    /** Copies the list. */
    public EventsArrived {
      events = List.copyOf(events);
    }
  }

  /** An operator's plan, already checked. */
  record PlanSubmitted(Plan plan, String text, String operator, long ticket)
      implements LeaderEvent {}

  /** Time has passed. */
  record Woken() implements LeaderEvent {}
}
