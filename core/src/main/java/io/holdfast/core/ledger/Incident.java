package io.holdfast.core.ledger;

import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.plan.Level;
import java.util.Optional;

/**
 * One disruption.
 *
 * @param level the worst so far
 * @param ended empty while it is open
 */
public record Incident(IncidentOpened opened, Level level, Optional<IncidentEnded> ended) {

  /** Unique for ever. */
  public String id() {
    return opened.id();
  }

  /** Whether the service is not recovered yet. */
  public boolean isOpen() {
    return ended.isEmpty();
  }

  /** The service that it is about. */
  public ServiceKey key() {
    return new ServiceKey(opened.host(), opened.service());
  }
}
