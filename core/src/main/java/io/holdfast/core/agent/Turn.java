package io.holdfast.core.agent;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentAction.Emit;
import io.holdfast.core.healing.Chance;
import io.holdfast.core.plan.HostPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The work of one step: copies of the state to change, and the actions so far. */
final class Turn {

  final Moment now;
  Optional<HostPlan> plan;
  final Map<String, ServiceWatch> services = new LinkedHashMap<>();
  final SortedMap<String, ProcessFact> processes;
  final SortedMap<Integer, MemoryWatch> memory;
  final SortedMap<String, ServiceMemory> remembered;
  private final List<AgentAction> actions = new ArrayList<>();
  private Chance chance;
  private long nextTicket;

  Turn(AgentState state, Moment now) {
    this.now = now;
    this.plan = state.plan();
    state.services().forEach((name, watch) -> services.put(name, watch.copy()));
    this.processes = new TreeMap<>(state.processes());
    this.memory = new TreeMap<>(state.memory());
    this.remembered = state.remembered();
    this.chance = state.chance();
    this.nextTicket = state.nextTicket();
  }

  long nowBoot() {
    return now.bootMillis();
  }

  long newTicket() {
    return nextTicket++;
  }

  /** A number from 0 (included) to 1 (excluded). */
  double draw() {
    double value = chance.value();
    chance = chance.next();
    return value;
  }

  void act(AgentAction action) {
    actions.add(action);
  }

  void emit(HostEvent event) {
    actions.add(new Emit(event));
  }

  Step finish() {
    AgentState next =
        new AgentState(plan, services, processes, memory, remembered, chance, nextTicket);
    return new Step(next, actions, Math.max(nowBoot() + 1, wakeAt()));
  }

  private long wakeAt() {
    long wake = Long.MAX_VALUE;
    for (ServiceWatch watch : services.values()) {
      for (CheckRun run : watch.runs.values()) {
        wake = Math.min(wake, run.isRunning() ? CheckRounds.overdueAt(run) : run.nextBoot());
      }
      wake = Math.min(wake, watch.attempt.map(Attempt::deadline).orElse(watch.healAt));
    }
    return wake;
  }
}
