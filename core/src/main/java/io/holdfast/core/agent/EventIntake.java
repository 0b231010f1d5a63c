package io.holdfast.core.agent;

import io.holdfast.core.agent.AgentEvent.ActionFinished;
import io.holdfast.core.agent.AgentEvent.DropRecorded;
import io.holdfast.core.agent.AgentEvent.MemorySampled;
import io.holdfast.core.agent.AgentEvent.PlanInForce;
import io.holdfast.core.agent.AgentEvent.ProbeFinished;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessLost;
import io.holdfast.core.agent.AgentEvent.ProcessNeverStarted;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import io.holdfast.core.agent.AgentEvent.Woken;
import io.holdfast.core.agent.HostEvent.HealingHeld;
import io.holdfast.core.agent.HostEvent.PlanStored;
import io.holdfast.core.agent.HostEvent.ServiceExited;
import io.holdfast.core.agent.HostEvent.ServiceStarted;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.Detail;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes one event into the state; what follows from it is decided afterwards. */
final class EventIntake {

  private EventIntake() {}

  static void take(Turn turn, AgentEvent event) {
    switch (event) {
      case PlanInForce plan -> planInForce(turn, plan);
      case ProcessRunning running -> running(turn, running);
      case ProcessEnded ended -> ended(turn, ended);
      case ProcessLost lost -> lost(turn, lost);
      case ProcessNeverStarted never -> neverStarted(turn, never);
      case ProbeFinished finished -> CheckRounds.finished(turn, finished);
      case ActionFinished finished -> Healer.actionFinished(turn, finished);
      case MemorySampled sample -> MemoryGuard.sampled(turn, sample);
      case DropRecorded dropped -> CheckRounds.stateAgain(turn, dropped.services());
      case Woken ignored -> {}
    }
  }

  private static void planInForce(Turn turn, PlanInForce event) {
    Optional<HostPlan> before = turn.plan;
    turn.plan = Optional.of(event.plan());
    Map<String, ServiceWatch> next = new LinkedHashMap<>();
    for (Service service : event.plan().services()) {
      boolean managed = event.managed().contains(service.name());
      ServiceWatch old = turn.services.get(service.name());
      ProcessFact process = turn.processes.getOrDefault(service.name(), new ProcessFact.Unknown());
      next.put(
          service.name(),
          old == null
              ? watchOf(turn, service, managed, process)
              : old.redefined(service, managed, turn.now));
    }
    turn.services.clear();
    turn.services.putAll(next);
    if (!before.map(plan -> plan.healing().equals(event.plan().healing())).orElse(false)) {
      turn.memory.clear();
    }
    if (!before.equals(turn.plan)) {
      turn.emit(new PlanStored(event.plan().planHash()));
      tellContradictions(turn, event);
    }
  }

  /** Told at once, and not only when the service is down and nobody restarts it. */
  private static void tellContradictions(Turn turn, PlanInForce event) {
    for (Service service : event.plan().services()) {
      String why = event.contradicted().get(service.name());
      if (why != null) {
        turn.emit(
            new HealingHeld(
                service.name(),
                Trigger.SERVICE_DOWN,
                HeldReason.NOT_MANAGED_HERE,
                Detail.oneLine(why)));
      }
    }
  }

  private static ServiceWatch watchOf(
      Turn turn, Service service, boolean managed, ProcessFact process) {
    ServiceWatch watch = new ServiceWatch(service, managed, process, turn.now);
    ServiceMemory memory = turn.remembered.get(service.name());
    if (memory != null) {
      watch.lastGood = memory.lastGood();
      watch.outage = memory.outage();
      watch.log = memory.log();
      watch.attempt = memory.attempt().flatMap(attempt -> resumed(turn, watch, attempt));
    }
    return watch;
  }

  /** A restart that has worked so far is verified by this agent; another one begins anew. */
  private static Optional<Attempt> resumed(
      Turn turn, ServiceWatch watch, ServiceMemory.AttemptMemory attempt) {
    return turn.plan
        .flatMap(plan -> plan.ruleFor(attempt.trigger(), watch.name()))
        .filter(rule -> watch.process instanceof ProcessFact.Running)
        .map(rule -> new Attempt(rule, attempt.number(), 0, attempt.startedBoot(), turn.nowBoot()));
  }

  private static void running(Turn turn, ProcessRunning event) {
    ProcessFact fact = new ProcessFact.Running(event.pid());
    turn.processes.put(event.service(), fact);
    if (!event.reattached()) {
      turn.emit(new ServiceStarted(event.service(), event.pid()));
    }
    ServiceWatch watch = turn.services.get(event.service());
    if (watch != null) {
      watch.process = fact;
      watch.checkAfresh(turn.nowBoot());
      if (!event.reattached()) {
        Healer.processBegan(turn, watch, event.pid());
      }
    }
  }

  private static void ended(Turn turn, ProcessEnded event) {
    ProcessFact.Ended fact =
        new ProcessFact.Ended(event.exitCode(), event.signal(), event.ending());
    turn.processes.put(event.service(), fact);
    turn.emit(
        new ServiceExited(
            event.service(), event.pid(), event.exitCode(), event.signal(), event.ending()));
    ServiceWatch watch = turn.services.get(event.service());
    if (watch != null) {
      watch.process = fact;
      CheckRounds.processEnded(turn, watch, fact);
      Healer.processEnded(turn, watch, fact);
    }
  }

  private static void neverStarted(Turn turn, ProcessNeverStarted event) {
    know(turn, event.service(), new ProcessFact.NeverStarted());
  }

  private static void lost(Turn turn, ProcessLost event) {
    know(turn, event.service(), new ProcessFact.Lost(event.why()));
  }

  private static void know(Turn turn, String service, ProcessFact fact) {
    turn.processes.put(service, fact);
    ServiceWatch watch = turn.services.get(service);
    if (watch != null) {
      watch.process = fact;
    }
  }
}
