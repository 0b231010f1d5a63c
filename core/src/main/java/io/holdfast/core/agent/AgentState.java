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
 * <p>But for {@link #memories} nothing of it is stored: a new agent learns it again from keepers
 * and checks.
 */
public final class AgentState {

  private final Optional<HostPlan> plan;
  private final Map<String, ServiceWatch> services;
  private final SortedMap<String, ProcessFact> processes;
  private final SortedMap<Integer, MemoryWatch> memory;
  private final SortedMap<String, ServiceMemory> remembered;
  private final Chance chance;
  private final long nextTicket;

  AgentState(
      Optional<HostPlan> plan,
      Map<String, ServiceWatch> services,
      SortedMap<String, ProcessFact> processes,
      SortedMap<Integer, MemoryWatch> memory,
      SortedMap<String, ServiceMemory> remembered,
      Chance chance,
      long nextTicket) {
    this.plan = plan;
    this.services = Collections.unmodifiableMap(services);
    this.processes = Collections.unmodifiableSortedMap(processes);
    this.memory = Collections.unmodifiableSortedMap(memory);
    this.remembered = Collections.unmodifiableSortedMap(remembered);
    this.chance = chance;
    this.nextTicket = nextTicket;
  }

  /**
   * The state of an agent that has seen nothing itself.
   *
   * @param seed of the jitter of its backoffs
   * @param remembered what the agent before it in the same boot left, by service
   */
  public static AgentState fresh(long seed, Map<String, ServiceMemory> remembered) {
    return new AgentState(
        Optional.empty(),
        Map.of(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(remembered),
        new Chance(seed),
        1);
  }

  /** What to leave to the agent after this one, by service. */
  public Map<String, ServiceMemory> memories() {
    SortedMap<String, ServiceMemory> memories = new TreeMap<>();
    services.forEach((name, watch) -> memories.put(name, ServiceMemory.of(watch)));
    return memories;
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
                    watch.attempt.isPresent(),
                    watch.judged,
                    watch.answerMillis()))
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

  SortedMap<String, ServiceMemory> remembered() {
    return remembered;
  }

  Chance chance() {
    return chance;
  }

  long nextTicket() {
    return nextTicket;
  }
}
