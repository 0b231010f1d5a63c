package io.holdfast.core.leader;

import io.holdfast.core.Moment;
import io.holdfast.core.Plans;
import io.holdfast.core.agent.Delivery;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.Incident;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A leader and its ledger on virtual time, and a spool of the host trade-a. */
final class LeaderWorld {

  ClusterState ledger = ClusterState.EMPTY;
  LeaderState leader = LeaderState.NEW;
  Moment now = new Moment(0, 1_700_000_000_000L);
  final List<LeaderAction> actions = new ArrayList<>();
  final Plan plan;
  private long sequence;

  LeaderWorld(Service... services) {
    plan = Plans.of(List.of(services), Plans.restartRule());
    take(new LeaderEvent.PlanSubmitted(plan, "text", "admin", 1));
  }

  void take(LeaderEvent event) {
    Decision decision = LeaderStep.step(ledger, leader, event, now);
    ledger = ledger.apply(decision.records());
    leader = decision.next();
    actions.addAll(decision.actions());
  }

  void pass(Duration span) {
    Moment end = now.plus(span);
    while (now.bootMillis() < end.bootMillis()) {
      now = now.plus(Duration.ofMillis(500));
      take(new LeaderEvent.Woken());
    }
  }

  SpooledEvent spooled(HostEvent event) {
    sequence++;
    return new SpooledEvent(sequence, sequence - 1, now, "boot", event);
  }

  void deliver(SpooledEvent... events) {
    deliver(new Delivery(List.of(events), Optional.empty(), true));
  }

  void deliver(Delivery delivery) {
    take(new LeaderEvent.EventsArrived("trade-a", "spool", delivery, 7));
  }

  void tell(String service, Verdict from, Verdict to) {
    deliver(spooled(verdict(service, from, to)));
  }

  HostEvent verdict(String service, Verdict from, Verdict to) {
    List<Reason> reasons =
        to == Verdict.UNHEALTHY
            ? List.of(new Reason(ReasonCode.PROCESS_EXITED, "process", "killed by signal 9"))
            : List.of();
    return new VerdictChanged(
        service, from, to, reasons, now.wallMillis() - 2_000, OptionalLong.of(2_000));
  }

  List<Incident> incidents() {
    return List.copyOf(ledger.incidents().values());
  }
}
