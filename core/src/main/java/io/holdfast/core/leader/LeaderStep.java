package io.holdfast.core.leader;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.leader.LeaderAction.AcknowledgeEvents;
import io.holdfast.core.leader.LeaderAction.AnswerPlan;
import io.holdfast.core.leader.LeaderAction.AnswerTrust;
import io.holdfast.core.leader.LeaderAction.RefuseGap;
import io.holdfast.core.leader.LeaderAction.RefusePlan;
import io.holdfast.core.leader.LeaderAction.SendHostPlans;
import io.holdfast.core.leader.LeaderEvent.EventsArrived;
import io.holdfast.core.leader.LeaderEvent.PlanSubmitted;
import io.holdfast.core.leader.LeaderEvent.TrustAsked;
import io.holdfast.core.leader.LeaderEvent.Woken;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.ClusterState.SpoolOrder;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.core.ledger.LedgerRecord.TrustChanged;
import io.holdfast.core.trust.TrustDecision;
import io.holdfast.core.trust.TrustDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what is recorded and done. Pure: the same arguments give the same decision. */
public final class LeaderStep {

  private LeaderStep() {}

  /**
   * One step.
   *
   * @param state the ledger with everything decided before, committed or about to be
   * @param now the leader's clocks
   */
  public static Decision step(
      ClusterState state, LeaderState leader, LeaderEvent event, Moment now) {
    List<LedgerRecord> records = new ArrayList<>();
    List<LeaderAction> actions = new ArrayList<>();
    switch (event) {
      case EventsArrived arrived -> record(state, arrived, now, records, actions);
      case PlanSubmitted submitted -> apply(state, submitted, now, records, actions);
      case TrustAsked asked -> {
        TrustDecision decision = TrustDesk.decide(state.trust(), asked.request(), now.wallMillis());
        decision.changes().forEach(change -> records.add(new TrustChanged(change)));
        actions.add(new AnswerTrust(asked.ticket(), decision.answer()));
      }
      case Woken ignored -> {}
    }
    LeaderState next = IncidentDesk.review(state, leader, now, records);
    return new Decision(next, records, actions);
  }

  private static void record(
      ClusterState state,
      EventsArrived arrived,
      Moment now,
      List<LedgerRecord> records,
      List<LeaderAction> actions) {
    ClusterState seen = state;
    for (SpooledEvent event : arrived.delivery().events()) {
      EventRecorded recorded = recorded(arrived, event, now);
      SpoolOrder order = seen.orderOf(recorded);
      if (order == SpoolOrder.GAP || isPastTheBeginning(seen, arrived, event)) {
        actions.add(
            new RefuseGap(arrived.ticket(), seen.lastSequence(arrived.host(), arrived.spoolId())));
        return;
      }
      if (order == SpoolOrder.NEXT) {
        List<LedgerRecord> ofEvent = new ArrayList<>();
        IncidentDesk.before(seen, recorded, now).ifPresent(ofEvent::add);
        ofEvent.add(recorded);
        ofEvent.addAll(IncidentDesk.after(seen, recorded, now));
        seen = seen.apply(ofEvent);
        records.addAll(ofEvent);
      }
    }
    actions.add(
        new AcknowledgeEvents(
            arrived.ticket(), seen.lastSequence(arrived.host(), arrived.spoolId())));
  }

  /**
   * A spool that the ledger does not know begins with the first event of a stream: what comes later
   * would hide that a batch before it was not recorded.
   */
  private static boolean isPastTheBeginning(
      ClusterState state, EventsArrived arrived, SpooledEvent event) {
    return !arrived.delivery().first()
        && event.previous() > 0
        && state.lastSequence(arrived.host(), arrived.spoolId()) == 0;
  }

  private static EventRecorded recorded(EventsArrived arrived, SpooledEvent event, Moment now) {
    long received = now.wallMillis();
    long happened =
        arrived
            .delivery()
            .sentAt()
            .map(sent -> sent.happenedWallMillis(event, received))
            .orElse(event.at().wallMillis());
    return new EventRecorded(arrived.host(), arrived.spoolId(), event, received, happened);
  }

  private static void apply(
      ClusterState state,
      PlanSubmitted submitted,
      Moment now,
      List<LedgerRecord> records,
      List<LeaderAction> actions) {
    String hash = submitted.plan().hash();
    Optional<String> inForce = state.planInForce().map(plan -> plan.hash());
    boolean changed = !inForce.equals(Optional.of(hash));
    Optional<ExclusiveMoves.Move> move =
        state.planInForce().flatMap(old -> ExclusiveMoves.first(old, submitted.plan()));
    if (move.isPresent()) {
      actions.add(new RefusePlan(submitted.ticket(), move.get().service(), move.get().message()));
      return;
    }
    if (changed) {
      records.add(
          new PlanApplied(
              submitted.text(), submitted.plan(), now.wallMillis(), submitted.operator()));
      records.addAll(IncidentDesk.withdraw(state, submitted.plan(), now));
      actions.add(new SendHostPlans());
    }
    actions.add(new AnswerPlan(submitted.ticket(), hash, changed));
  }
}
