package io.holdfast.collector.app;

import io.holdfast.collector.api.PlanSink;
import io.holdfast.collector.api.PlanSink.Answer;
import io.holdfast.collector.link.AgentStreams;
import io.holdfast.collector.link.GapException;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.Delivery;
import io.holdfast.core.leader.LeaderAction;
import io.holdfast.core.leader.LeaderAction.AcknowledgeEvents;
import io.holdfast.core.leader.LeaderAction.AnswerPlan;
import io.holdfast.core.leader.LeaderAction.AnswerTrust;
import io.holdfast.core.leader.LeaderAction.RefuseGap;
import io.holdfast.core.leader.LeaderAction.RefusePlan;
import io.holdfast.core.leader.LeaderAction.SendHostPlans;
import io.holdfast.core.leader.LeaderEvent;
import io.holdfast.core.leader.LeaderEvent.EventsArrived;
import io.holdfast.core.leader.LeaderEvent.PlanSubmitted;
import io.holdfast.core.leader.LeaderEvent.TrustAsked;
import io.holdfast.core.leader.LeaderEvent.Woken;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.trust.TrustAnswer;
import io.holdfast.core.trust.TrustRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes requests to the leader's loop and brings each its answer. Used on one event loop. */
final class Desk implements LeaderLoop.Outcomes {

  private final DecisionLog log;
  private final LeaderLoop loop;
  private final Supplier<AgentStreams> streams;
  private final Map<Long, Promise<Long>> events = new HashMap<>();
  private final Map<Long, Promise<Answer>> plans = new HashMap<>();
  private final Map<Long, Promise<TrustAnswer>> trust = new HashMap<>();
  private long nextTicket = 1;

  Desk(DecisionLog log, Supplier<Moment> clock, Supplier<AgentStreams> streams) {
    this.log = log;
    this.streams = streams;
    this.loop = new LeaderLoop(log, clock, this);
  }

  LeaderLoop loop() {
    return loop;
  }

  ClusterState state() {
    return log.state();
  }

  /** Records the events; the sequence up to which the ledger has the spool. */
  Future<Long> record(String host, String spoolId, Delivery delivery) {
    long ticket = nextTicket++;
    Promise<Long> answer = Promise.promise();
    events.put(ticket, answer);
    loop.submit(new EventsArrived(host, spoolId, delivery, ticket));
    return answer.future();
  }

  /** Puts the plan in force. */
  Future<Answer> apply(Plan plan, String text, String operator) {
    long ticket = nextTicket++;
    Promise<Answer> answer = Promise.promise();
    plans.put(ticket, answer);
    loop.submit(new PlanSubmitted(plan, text, operator, ticket));
    return answer.future();
  }

  /** Decides and records; who gets a certificate signs it after that. */
  Future<TrustAnswer> ask(TrustRequest request) {
    long ticket = nextTicket++;
    Promise<TrustAnswer> answer = Promise.promise();
    trust.put(ticket, answer);
    loop.submit(new TrustAsked(request, ticket));
    return answer.future();
  }

  Optional<HostPlan> planFor(String host) {
    return log.state().planInForce().flatMap(plan -> plan.compileFor(host));
  }

  @Override
  public void act(LeaderAction action) {
    switch (action) {
      case AcknowledgeEvents ack -> take(events, ack.ticket()).complete(ack.sequence());
      case RefuseGap gap ->
          take(events, gap.ticket())
              .fail(
                  new GapException("the ledger has this spool up to event " + gap.lastSequence()));
      case AnswerPlan answer ->
          take(plans, answer.ticket())
              .complete(new Answer.Applied(answer.hash(), answer.changed()));
      case RefusePlan refused ->
          take(plans, refused.ticket()).complete(new Answer.Invalid(List.of(problem(refused))));
      case AnswerTrust answer -> take(trust, answer.ticket()).complete(answer.answer());
      case SendHostPlans ignored -> sendHostPlans();
    }
  }

  @Override
  public void turnedAway(LeaderEvent event, NotLeadingException why) {
    switch (event) {
      case EventsArrived arrived -> take(events, arrived.ticket()).fail(why);
      case PlanSubmitted submitted -> take(plans, submitted.ticket()).fail(why);
      case TrustAsked asked -> take(trust, asked.ticket()).fail(why);
      case Woken ignored -> {}
    }
  }

  /** Each ticket is answered once. */
  private static <T> Promise<T> take(Map<Long, Promise<T>> waiting, long ticket) {
    return Objects.requireNonNull(waiting.remove(ticket), "a ticket answered twice");
  }

  private static PlanSink.Problem problem(RefusePlan refused) {
    return new PlanSink.Problem(
        0, 0, "services." + refused.service() + ".runs_on", refused.message(), "");
  }

  private void sendHostPlans() {
    for (String host : streams.get().connectedHosts()) {
      planFor(host).ifPresent(plan -> streams.get().send(host, plan));
    }
  }
}
