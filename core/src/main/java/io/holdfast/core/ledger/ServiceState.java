package io.holdfast.core.ledger;

import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The last recorded verdict of a service.
 *
 * @param sinceWallMillis when the verdict changed, by the host's wall clock
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

  /** This state after a verdict of the agent. */
  ServiceState after(SpooledEvent event, VerdictChanged change) {
    long good = lastGoodAfter(event, change);
    Optional<Outage> next =
        switch (change.to()) {
          case HEALTHY -> Optional.empty();
          case UNKNOWN -> outage;
          case UNHEALTHY ->
              outage.isPresent() ? outage : Optional.of(Outage.begin(event, change, good));
        };
    return new ServiceState(change.to(), change.reasons(), event.at().wallMillis(), good, next);
  }

  private long lastGoodAfter(SpooledEvent event, VerdictChanged change) {
    if (change.to() == Verdict.HEALTHY) {
      return event.at().wallMillis();
    }
    return change.lastGoodWallMillis() > 0 ? change.lastGoodWallMillis() : lastGoodWallMillis;
  }
}
