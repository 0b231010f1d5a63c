package io.holdfast.core.agent;

import io.holdfast.core.agent.AgentEvent.DropRecorded;
import io.holdfast.core.agent.HostEvent.EventsDropped;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the spool dropped and the ledger has not heard of yet. When it has, it calls the services
 * UNKNOWN, and it is time to state their verdicts again: not before, because more events for a
 * spool that is full would only be dropped in their turn. Not for several threads.
 */
public final class UnheardDrops {

  private final SortedMap<Long, String> serviceBySequence = new TreeMap<>();

  /** The event is about to be sent. */
  public void sent(SpooledEvent event) {
    if (event.event() instanceof EventsDropped dropped) {
      serviceBySequence.put(event.sequence(), dropped.service());
    }
  }

  /**
   * The ledger has every event up to {@code sequence}: what the step is to be told, if anything.
   */
  public Optional<DropRecorded> acknowledged(long sequence) {
    SortedMap<Long, String> heard = serviceBySequence.headMap(sequence + 1);
    if (heard.isEmpty()) {
      return Optional.empty();
    }
    Set<String> services = new TreeSet<>(heard.values());
    heard.clear();
    return Optional.of(new DropRecorded(services.contains("") ? Set.of() : services));
  }
}
