package io.holdfast.core.ledger;

import io.holdfast.core.agent.HostEvent.EventsDropped;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The last recorded verdict of a service.
 *
 * @param sinceWallMillis when the verdict changed, by the collector's wall clock
 * @param lastGoodWallMillis last instant at which every check had passed; 0: never
 * @param outage present from the first UNHEALTHY verdict to the next HEALTHY one
 */
public record ServiceState(
    Verdict verdict,
    List<Reason> reasons,
    long sinceWallMillis,
    long lastGoodWallMillis,
    Optional<Outage> outage) {

  /** What is known of a service that never reported. */
  public static final ServiceState NEVER_SEEN =
      new ServiceState(Verdict.UNKNOWN, List.of(), 0, 0, Optional.empty());

  /** Copies the list. */
  public ServiceState {
    reasons = List.copyOf(reasons);
  }

  /**
   * Whether the agent's spool dropped what happened since its last verdict: what is known here may
   * be over.
   */
  public boolean isLost() {
    return verdict == Verdict.UNKNOWN
        && reasons.stream().anyMatch(reason -> reason.code() == ReasonCode.EVENTS_DROPPED);
  }

  /**
   * When the outage that is known here was over, as a span before {@code change} by the host's
   * clocks; empty: there is none, or it is not over. After events were dropped, another outage may
   * have begun by now: then the service was good in between.
   */
  public OptionalLong outageOverAgo(EventRecorded recorded, VerdictChanged change) {
    if (outage.isEmpty()) {
      return OptionalLong.empty();
    }
    return switch (change.to()) {
      case HEALTHY -> OptionalLong.of(change.sinceAgoMillis());
      case UNKNOWN -> OptionalLong.empty();
      case UNHEALTHY -> {
        OptionalLong good = change.lastGoodAgoMillis();
        boolean between =
            isLost()
                && good.isPresent()
                && outage.get().millisNoticedUntil(recorded, good.getAsLong()) > 0;
        yield between ? good : OptionalLong.empty();
      }
    };
  }

  /** This state after a verdict of the agent. */
  ServiceState after(EventRecorded recorded, VerdictChanged change) {
    long good = lastGoodAfter(recorded, change);
    boolean over = outageOverAgo(recorded, change).isPresent();
    Optional<Outage> next =
        switch (change.to()) {
          case HEALTHY -> Optional.empty();
          case UNKNOWN -> outage;
          case UNHEALTHY ->
              outage.isPresent() && !over
                  ? outage
                  : Optional.of(Outage.begin(recorded, change, good));
        };
    return new ServiceState(
        change.to(),
        change.reasons(),
        recorded.happenedWallMillis() - change.sinceAgoMillis(),
        good,
        next);
  }

  /** This state after events that may have been about this service were dropped. */
  ServiceState afterDrop(EventRecorded recorded, EventsDropped dropped) {
    Reason why = new Reason(ReasonCode.EVENTS_DROPPED, "", dropped.count() + " events");
    return new ServiceState(
        Verdict.UNKNOWN, List.of(why), recorded.happenedWallMillis(), lastGoodWallMillis, outage);
  }

  private long lastGoodAfter(EventRecorded recorded, VerdictChanged change) {
    if (change.to() == Verdict.HEALTHY) {
      return recorded.happenedWallMillis();
    }
    OptionalLong ago = change.lastGoodAgoMillis();
    return ago.isPresent() ? recorded.happenedWallMillis() - ago.getAsLong() : lastGoodWallMillis;
  }
}
