package io.holdfast.core.ledger;

import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Moves a spool forward and forgets the oldest spools of a host that keeps losing them. */
final class SpoolPositions {

  private SpoolPositions() {}

  static SortedMap<SpoolKey, SpoolPosition> after(
      SortedMap<SpoolKey, SpoolPosition> spools, EventRecorded recorded, long position) {
    SpoolKey key = new SpoolKey(recorded.host(), recorded.spoolId());
    SpoolPosition old = spools.getOrDefault(key, new SpoolPosition(0, 0, 0));
    SortedMap<SpoolKey, SpoolPosition> next = new TreeMap<>(spools);
    next.put(key, new SpoolPosition(recorded.event().sequence(), old.events() + 1, position));
    if (old.events() == 0) {
      forgetOldest(next, recorded.host());
    }
    return next;
  }

  private static void forgetOldest(SortedMap<SpoolKey, SpoolPosition> spools, String host) {
    List<SpoolKey> ofHost =
        spools.entrySet().stream()
            .filter(entry -> entry.getKey().host().equals(host))
            .sorted(Comparator.comparingLong(entry -> entry.getValue().lastPosition()))
            .map(Map.Entry::getKey)
            .toList();
    for (int i = 0; i < ofHost.size() - ClusterState.SPOOLS_KEPT; i++) {
      spools.remove(ofHost.get(i));
    }
  }
}
