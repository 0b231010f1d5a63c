package io.holdfast.core.agent;

import io.holdfast.core.healing.Chance;
import io.holdfast.core.plan.HostPlan;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the agent knows between two steps. Immutable: {@link AgentStep} works on copies.
 *
 * <p>Nothing of it is stored: a new agent learns it again from keepers and checks.
 */
public final class AgentState {

  private final Optional<HostPlan> plan;
  private final Map<String, ServiceWatch> services;
  private final SortedMap<String, ProcessFact> processes;
  private final SortedMap<Integer, MemoryWatch> memory;
  private final Chance chance;
  private final long nextTicket;

  AgentState(
      Optional<HostPlan> plan,
      Map<String, ServiceWatch> services,
      SortedMap<String, ProcessFact> processes,
      SortedMap<Integer, MemoryWatch> memory,
      Chance chance,
      long nextTicket) {
    this.plan = plan;
    this.services = Collections.unmodifiableMap(services);
    this.processes = Collections.unmodifiableSortedMap(processes);
    this.memory = Collections.unmodifiableSortedMap(memory);
    this.chance = chance;
    this.nextTicket = nextTicket;
  }

  /**
   * The state of an agent that has seen nothing.
   *
   * @param seed of the jitter of its backoffs
   */
  public static AgentState fresh(long seed) {
    return new AgentState(
        Optional.empty(), Map.of(), new TreeMap<>(), new TreeMap<>(), new Chance(seed), 1);
  }

  /** The plan in force. */
  public Optional<HostPlan> plan() {
    return plan;
  }

  /** What the heartbeat says, in the plan's order. */
  public List<ServiceView> views() {
    return services.values().stream()
        .map(
            watch ->
                new ServiceView(
                    watch.name(),
                    watch.verdict,
                    watch.since,
                    watch.process.pid(),
                    watch.attempt.isPresent()))
        .toList();
  }

  Map<String, ServiceWatch> services() {
    return services;
  }

  SortedMap<String, ProcessFact> processes() {
    return processes;
  }

  SortedMap<Integer, MemoryWatch> memory() {
    return memory;
  }

  Chance chance() {
    return chance;
  }

  long nextTicket() {
    return nextTicket;
  }
}
