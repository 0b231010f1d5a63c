package io.holdfast.core.agent;

import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.plan.HostPlan;
import java.util.Map;
import java.util.Set;

/** What the shell of the agent tells the step. */
public sealed interface AgentEvent {

  /**
   * A plan is in force from now on.
   *
   * @param managed names of the services that this host's {@code agent.yaml} lets the agent start
   * @param contradicted why some others are only observed though the file names them: plan and file
   *     differ; by name, for people
   */
  record PlanInForce(HostPlan plan, Set<String> managed, Map<String, String> contradicted)
      implements AgentEvent {
    /** Copies the collections. */
    public PlanInForce {
      managed = Set.copyOf(managed);
      contradicted = Map.copyOf(contradicted);
    }

    /** Where plan and file agree. */
    public PlanInForce(HostPlan plan, Set<String> managed) {
      this(plan, managed, Map.of());
    }
  }

  /**
   * The service's main process runs.
   *
   * @param since boot-clock milliseconds of its start
   * @param reattached true when it was found running by a new agent
   */
  record ProcessRunning(String service, long pid, long since, boolean reattached)
      implements AgentEvent {}

  /**
   * The service's main process ended.
   *
   * @param exitCode 0 to 255; -1 when a signal ended it
   * @param pid 0 when the service failed before its process began
   * @param signal 0 when it exited by itself
   * @param ending what else is known of it
   */
  record ProcessEnded(String service, long pid, int exitCode, int signal, Ending ending)
      implements AgentEvent {
    /** An end of which nothing else is known. */
    public ProcessEnded(String service, long pid, int exitCode, int signal) {
      this(service, pid, exitCode, signal, Ending.UNKNOWN);
    }
  }

  /**
   * Nobody can say for now whether the service's main process runs.
   *
   * @param why for people
   */
  record ProcessLost(String service, String why) implements AgentEvent {}

  /** The service was never started since its keeper began: start it. */
  record ProcessNeverStarted(String service) implements AgentEvent {}

  /**
   * A {@link AgentAction.RunProbe} ended.
   *
   * @param tookMillis from its start to its end by a monotonic clock, not negative
   */
  record ProbeFinished(
      String service, String check, long ticket, ProbeResult result, long tookMillis)
      implements AgentEvent {}

  /**
   * A start or restart ended.
   *
   * @param failure empty when it was done; else what went wrong, for people
   * @param overtaken empty when the agent did it; else how somebody else was first, for people
   */
  record ActionFinished(String service, long ticket, String failure, String overtaken)
      implements AgentEvent {
    /** Done by the agent, or failed. */
    public ActionFinished(String service, long ticket, String failure) {
      this(service, ticket, failure, "");
    }
  }

  /**
   * The host's memory was sampled.
   *
   * @param totalBytes MemTotal, positive
   * @param availableBytes MemAvailable
   * @param residentBytes of each managed service's processes
   */
  record MemorySampled(long totalBytes, long availableBytes, Map<String, Long> residentBytes)
      implements AgentEvent {
    /** Copies the map. */
    public MemorySampled {
      residentBytes = Map.copyOf(residentBytes);
    }
  }

  /**
   * The ledger has learnt that the spool dropped events.
   *
   * @param services that the events were about; empty: every service of this host may be concerned
   */
  record DropRecorded(Set<String> services) implements AgentEvent {
    /** Copies the set. */
    public DropRecorded {
      services = Set.copyOf(services);
    }
  }

  /** The time that the step asked to be woken at has come. */
  record Woken() implements AgentEvent {}
}
