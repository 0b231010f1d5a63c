package io.holdfast.core.leader;

import io.holdfast.core.ledger.ServiceKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a leader knows besides the ledger; gone with its term.
 *
 * @param outagesSeen when this leader first saw an outage that is not over, in milliseconds of its
 *     boot clock
 */
public record LeaderState(SortedMap<ServiceKey, Long> outagesSeen) {

  /** A leader that has seen nothing yet. */
  public static final LeaderState NEW = new LeaderState(new TreeMap<>());

  /** Makes the map unmodifiable; the caller hands it over. */
  public LeaderState {
    outagesSeen = Collections.unmodifiableSortedMap(outagesSeen);
  }
}
