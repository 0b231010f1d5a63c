package io.holdfast.core.leader;

import io.holdfast.core.agent.Delivery;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.trust.TrustRequest;

/** What the shell of the collector tells the step. A ticket names the caller that waits. */
public sealed interface LeaderEvent {

  /** A batch of an agent's spool. */
  record EventsArrived(String host, String spoolId, Delivery delivery, long ticket)
      implements LeaderEvent {}

  /** An operator's plan, already checked. */
  record PlanSubmitted(Plan plan, String text, String operator, long ticket)
      implements LeaderEvent {}

  /** Somebody wants a token or a certificate, or that certificates are refused. */
  record TrustAsked(TrustRequest request, long ticket) implements LeaderEvent {}

  /** Time has passed. */
  record Woken() implements LeaderEvent {}
}
