package io.holdfast.core.agent;

import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import java.util.List;
import java.util.OptionalLong;

/** What an agent saw or did and tells the collector, through its spool. */
public sealed interface HostEvent {

  /** The service that the event is about; empty for events of the host. */
  default String service() {
    return "";
  }

  /**
   * The agent's process began.
   *
   * @param reattached services whose keeper was found running and taken over untouched
   */
  record AgentStarted(String build, List<String> reattached) implements HostEvent {
    /** Copies the list. */
    public AgentStarted {
      reattached = List.copyOf(reattached);
    }
  }

  /** A plan is on the agent's disk and in force. */
  record PlanStored(String planHash) implements HostEvent {}

  /** The service's main process began. */
  record ServiceStarted(String service, long pid) implements HostEvent {}

  /**
   * The service's main process ended.
   *
   * @param pid 0 when the service failed before its process began
   * @param exitCode 0 to 255; -1 when a signal ended it
   * @param signal 0 when it exited by itself
   * @param ending what else is known of it
   */
  record ServiceExited(String service, long pid, int exitCode, int signal, Ending ending)
      implements HostEvent {
    /** An end of which nothing else is known. */
    public ServiceExited(String service, long pid, int exitCode, int signal) {
      this(service, pid, exitCode, signal, Ending.UNKNOWN);
    }
  }

  /**
   * A verdict changed.
   *
   * @param lastGoodWallMillis the last instant at which every check of the service had passed, by
   *     the host's wall clock; 0: never in this agent's life
   * @param lastGoodAgoMillis the same as a span before the event, by the boot clock; empty: never
   * @param sinceAgoMillis how long before the event the verdict fell, not negative: more than 0
   *     when a verdict is stated again, because the ledger learnt that events were dropped
   */
  record VerdictChanged(
      String service,
      Verdict from,
      Verdict to,
      List<Reason> reasons,
      long lastGoodWallMillis,
      OptionalLong lastGoodAgoMillis,
      long sinceAgoMillis)
      implements HostEvent {
    /** Copies the list. */
    public VerdictChanged {
      reasons = List.copyOf(reasons);
    }

    /** A verdict that falls now. */
    public VerdictChanged(
        String service,
        Verdict from,
        Verdict to,
        List<Reason> reasons,
        long lastGoodWallMillis,
        OptionalLong lastGoodAgoMillis) {
      this(service, from, to, reasons, lastGoodWallMillis, lastGoodAgoMillis, 0);
    }
  }

  /** A healing action begins. */
  record HealingStarted(
      String service, Trigger trigger, Action action, int attempt, int maxAttempts)
      implements HostEvent {}

  /**
   * A healing action worked: the service's checks pass again.
   *
   * @param outageMillis from the last known good instant to now; empty: not known
   * @param actionMillis from the start of the action to now
   */
  record HealingVerified(
      String service, Trigger trigger, int attempt, OptionalLong outageMillis, long actionMillis)
      implements HostEvent {}

  /**
   * A healing action did not work.
   *
   * @param retryInMillis until the next attempt; empty: there is none
   */
  record HealingFailed(
      String service, Trigger trigger, int attempt, String detail, OptionalLong retryInMillis)
      implements HostEvent {}

  /** A decision not to act. */
  record HealingHeld(String service, Trigger trigger, HeldReason reason, String detail)
      implements HostEvent {}

  /**
   * What the spool could not keep.
   *
   * @param service whose flaps were merged; empty: events of several or unknown ones, and every
   *     service of the host is concerned
   */
  record EventsDropped(
      String service,
      long count,
      long firstSequence,
      long lastSequence,
      long firstWallMillis,
      long lastWallMillis)
      implements HostEvent {}
}
