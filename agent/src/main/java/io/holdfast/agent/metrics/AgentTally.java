package io.holdfast.agent.metrics;

import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentEvent.PlanInForce;
import io.holdfast.core.agent.AgentEvent.ProbeFinished;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.plan.Service;
import io.holdfast.metrics.Rows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts what passes, for as long as the agent runs and of the services in the plan alone. Used on
 * one event loop.
 */
public final class AgentTally {
  private final Map<Check, Durations> checks = new HashMap<>();
  private final Map<Attempt, Long> attempts = new HashMap<>();
  private boolean linked;
  private long linksOpened;
  private long linksFailed;
  private long renewals;
  private long renewalsFailed;

  /** One check of one service. */
  public record Check(String service, String name) {}

  /** How many, and how long together. */
  public record Durations(long count, double seconds) {
    Durations and(double more) {
      return new Durations(count + 1, seconds + more);
    }
  }

  /** How attempts to heal a service went: {@code verified}, {@code failed} or {@code held}. */
  public record Attempt(String service, String result) {}

  /**
   * What was counted so far.
   *
   * @param linked whether a collector has this agent's stream
   * @param linksOpened streams that were opened
   * @param linksFailed streams that ended, and attempts that came to none
   * @param renewals of the host's certificate
   * @param renewalsFailed tries to renew it that came to nothing
   */
  public record Counts(
      Map<Check, Durations> checks,
      Map<Attempt, Long> attempts,
      boolean linked,
      long linksOpened,
      long linksFailed,
      long renewals,
      long renewalsFailed) {}

  /** The agent takes this event. */
  public void taken(AgentEvent event) {
    if (event instanceof ProbeFinished probe) {
      Check check = new Check(probe.service(), probe.check());
      if (hasRoom(checks, check)) {
        checks.merge(
            check,
            new Durations(1, probe.tookMillis() / 1e3),
            (sum, one) -> sum.and(one.seconds()));
      }
    } else if (event instanceof PlanInForce now) {
      Set<String> planned =
          new HashSet<>(now.plan().services().stream().map(Service::name).toList());
      checks.keySet().removeIf(check -> !planned.contains(check.service()));
      attempts.keySet().removeIf(attempt -> !planned.contains(attempt.service()));
    }
  }

  /** The agent tells this event. */
  public void told(HostEvent event) {
    switch (event) {
      case HostEvent.HealingVerified verified -> attempted(verified.service(), "verified");
      case HostEvent.HealingFailed failed -> attempted(failed.service(), "failed");
      case HostEvent.HealingHeld held -> attempted(held.service(), "held");
      case HostEvent.AgentStarted other -> {}
      case HostEvent.PlanStored other -> {}
      case HostEvent.ServiceStarted other -> {}
      case HostEvent.ServiceExited other -> {}
      case HostEvent.VerdictChanged other -> {}
      case HostEvent.HealingStarted other -> {}
      case HostEvent.EventsDropped other -> {}
    }
  }

  /** A stream to a collector is open. */
  public void linkOpened() {
    linked = true;
    linksOpened++;
  }

  /** The stream ended, or an attempt came to none. */
  public void linkFailed() {
    linked = false;
    linksFailed++;
  }

  /** The host's certificate was renewed, or that was tried in vain. */
  public void certificateRenewed(boolean done) {
    if (done) {
      renewals++;
    } else {
      renewalsFailed++;
    }
  }

  /** What was counted so far. */
  public Counts counts() {
    return new Counts(
        Map.copyOf(checks),
        Map.copyOf(attempts),
        linked,
        linksOpened,
        linksFailed,
        renewals,
        renewalsFailed);
  }

  private void attempted(String service, String result) {
    Attempt attempt = new Attempt(service, result);
    if (hasRoom(attempts, attempt)) {
      attempts.merge(attempt, 1L, Long::sum);
    }
  }

  /** More would not be shown anyway. */
  private static <K> boolean hasRoom(Map<K, ?> counted, K key) {
    return counted.size() < Rows.ROWS_MAX || counted.containsKey(key);
  }
}
