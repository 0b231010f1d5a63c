package io.holdfast.core.leader;

import io.holdfast.core.trust.TrustAnswer;

/** What the shell of the collector is to do once the records of the same decision are committed. */
public sealed interface LeaderAction {

  /** Tell the agent that its spool is in the ledger up to this sequence. */
  record AcknowledgeEvents(long ticket, long sequence) implements LeaderAction {}

  /** Tell the agent to send again from behind this sequence. */
  record RefuseGap(long ticket, long lastSequence) implements LeaderAction {}

  /**
   * Answer the operator.
   *
   * @param changed false: this very plan was in force already
   */
  record AnswerPlan(long ticket, String hash, boolean changed) implements LeaderAction {}

  /**
   * Tell the operator that the plan is refused; nothing has changed.
   *
   * @param service whose place it is about
   * @param message what was found and what is allowed, in English
   */
  record RefusePlan(long ticket, String service, String message) implements LeaderAction {}

  /** Send every connected agent its part of the plan in force. */
  record SendHostPlans() implements LeaderAction {}

  /** Tell what was decided; a certificate that is granted is to be signed. */
  record AnswerTrust(long ticket, TrustAnswer answer) implements LeaderAction {}
}
