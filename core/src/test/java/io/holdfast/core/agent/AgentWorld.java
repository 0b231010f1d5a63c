package io.holdfast.core.agent;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentAction.Emit;
import io.holdfast.core.agent.AgentAction.RestartService;
import io.holdfast.core.agent.AgentAction.RunProbe;
import io.holdfast.core.agent.AgentAction.StartService;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.HostPlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A host on virtual time around the real step: probes answer what {@link #up} says. */
final class AgentWorld {

  AgentState state = AgentState.fresh(7, Map.of());
  Moment now = new Moment(1_000, 1_700_000_000_000L);
  final Map<String, Boolean> up = new TreeMap<>();
  final List<HostEvent> events = new ArrayList<>();
  final List<AgentAction> actions = new ArrayList<>();
  long startupMillis;
  ProbeResult disk = new ProbeResult.Passed();
  long answerMillis = 1;
  private final Map<String, Long> answersFrom = new TreeMap<>();
  Predicate<String> restartWorks = service -> true;
  String whyNot = "no such program";
  Predicate<String> overtaken = service -> false;
  boolean shortLived;
  private final Deque<AgentEvent> queue = new ArrayDeque<>();
  private long wakeAt = Long.MAX_VALUE;
  private long nextPid = 100;

  AgentWorld with(HostPlan plan, String... managed) {
    for (String service : managed) {
      up.put(service, true);
      send(new AgentEvent.ProcessRunning(service, nextPid++, now.bootMillis(), true));
    }
    send(new AgentEvent.PlanInForce(plan, Set.of(managed)));
    return this;
  }

  void send(AgentEvent event) {
    queue.add(event);
    while (!queue.isEmpty()) {
      Step step = AgentStep.step(state, queue.poll(), now);
      state = step.next();
      wakeAt = step.wakeAtBoot();
      step.actions().forEach(this::carryOut);
    }
  }

  void pass(Duration span) {
    long end = now.bootMillis() + span.toMillis();
    while (Math.min(wakeAt, end) < end || wakeAt == end) {
      advanceTo(wakeAt);
      send(new AgentEvent.Woken());
    }
    advanceTo(end);
  }

  void crash(String service) {
    up.put(service, false);
    send(new AgentEvent.ProcessEnded(service, 1, -1, 9));
  }

  /** The next step hears of it. Its checks pass after {@link #startupMillis}. */
  void startedByAnother(String service) {
    up.put(service, true);
    answersFrom.put(service, now.bootMillis() + startupMillis);
    queue.add(new AgentEvent.ProcessRunning(service, nextPid++, now.bootMillis(), false));
  }

  void answerNow(String service) {
    answersFrom.put(service, 0L);
  }

  Verdict verdict(String service) {
    return view(service).verdict().verdict();
  }

  ServiceView view(String service) {
    return state.views().stream()
        .filter(view -> view.service().equals(service))
        .findFirst()
        .orElseThrow();
  }

  <T extends HostEvent> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  long restarts(String service) {
    return actions.stream()
        .filter(
            action -> action instanceof RestartService restart && restart.service().equals(service))
        .count();
  }

  private void advanceTo(long boot) {
    now = now.plus(Duration.ofMillis(Math.max(0, boot - now.bootMillis())));
  }

  private void carryOut(AgentAction action) {
    actions.add(action);
    switch (action) {
      case Emit emit -> events.add(emit.event());
      case RunProbe probe ->
          queue.add(
              new AgentEvent.ProbeFinished(
                  probe.service(),
                  probe.check().name(),
                  probe.ticket(),
                  answer(probe),
                  answerMillis));
      case StartService start -> start(start.service(), start.ticket());
      case RestartService restart when overtaken.test(restart.service()) -> {
        startedByAnother(restart.service());
        if (shortLived) {
          up.put(restart.service(), false);
          queue.add(new AgentEvent.ProcessEnded(restart.service(), 1, -1, 9));
        }
        queue.add(
            new AgentEvent.ActionFinished(
                restart.service(), restart.ticket(), "", "by an operator"));
      }
      case RestartService restart -> start(restart.service(), restart.ticket());
    }
  }

  private ProbeResult answer(RunProbe probe) {
    if (probe.check().probe().isOfHost()) {
      return disk;
    }
    boolean answers = answersFrom.getOrDefault(probe.service(), 0L) <= now.bootMillis();
    return answers && up.getOrDefault(probe.service(), false)
        ? new ProbeResult.Passed()
        : new ProbeResult.Failed(ReasonCode.CONNECTION_REFUSED, "refused");
  }

  private void start(String service, long ticket) {
    if (restartWorks.test(service)) {
      up.put(service, true);
      answersFrom.put(service, now.bootMillis() + startupMillis);
      queue.add(new AgentEvent.ProcessRunning(service, nextPid++, now.bootMillis(), false));
      queue.add(new AgentEvent.ActionFinished(service, ticket, ""));
    } else {
      queue.add(new AgentEvent.ActionFinished(service, ticket, whyNot));
    }
  }
}
