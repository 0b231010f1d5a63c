package io.holdfast.core.agent;

import io.holdfast.core.agent.HostEvent.EventsDropped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which events give way when there is no room: first the oldest flaps of the service that
 * fills the spool most, then those of the next one, then the oldest events of any kind. What gave
 * way becomes one event with the place of the last of them. The newest events stay. Pure: the same
 * events give the same decision.
 */
public final class Merging {
  private static final int NEWEST = 16;
  private static final int MERGED_BYTES = 200;

  private final List<Entry> entries;
  private final boolean[] gone;
  private final Map<Long, Entry> merged = new TreeMap<>();
  private final Set<Long> removed = new TreeSet<>();
  private long bytes;
  private long dropped;

  /**
   * What matters of one event here.
   *
   * @param service of a flap, which may be merged with others of the service; else empty
   * @param count how many events it stands for
   */
  public record Entry(
      long sequence,
      String service,
      int bytes,
      long count,
      long firstSequence,
      long lastSequence,
      long firstWall,
      long lastWall) {

    /**
     * What matters of this event.
     *
     * @param bytes that it needs
     */
    public static Entry of(SpooledEvent event, int bytes) {
      String service = flapOf(event.event());
      long sequence = event.sequence();
      long wall = event.at().wallMillis();
      return event.event() instanceof EventsDropped dropped
          ? new Entry(
              sequence,
              service,
              bytes,
              dropped.count(),
              dropped.firstSequence(),
              dropped.lastSequence(),
              dropped.firstWallMillis(),
              dropped.lastWallMillis())
          : new Entry(sequence, service, bytes, 1, sequence, sequence, wall, wall);
    }
  }

  private Merging(List<Entry> entries) {
    this.entries = new ArrayList<>(entries);
    this.gone = new boolean[entries.size()];
    this.bytes = entries.stream().mapToLong(Entry::bytes).sum();
  }

  /** Decides until the events need at most {@code target} bytes, or only the last is left. */
  public static Merging down(List<Entry> entries, long target) {
    Merging merging = new Merging(entries);
    int old = Math.max(0, entries.size() - NEWEST);
    merging.mergeFlaps(old, target);
    merging.mergeOldest(old, target);
    merging.mergeOldest(entries.size() - 1, target);
    return merging;
  }

  /** How many events gave way; one that stands for others has been counted with them. */
  public long dropped() {
    return dropped;
  }

  /** The event as it is kept, apart from its {@code previous}; empty when it gave way. */
  public Optional<SpooledEvent> keep(SpooledEvent event) {
    if (removed.contains(event.sequence())) {
      return Optional.empty();
    }
    Entry entry = merged.get(event.sequence());
    if (entry == null) {
      return Optional.of(event);
    }
    return Optional.of(
        new SpooledEvent(
            event.sequence(),
            event.previous(),
            event.at(),
            event.bootId(),
            new EventsDropped(
                entry.service(),
                entry.count(),
                entry.firstSequence(),
                entry.lastSequence(),
                entry.firstWall(),
                entry.lastWall())));
  }

  private void mergeFlaps(int end, long target) {
    Map<String, Long> load = new TreeMap<>();
    for (Entry entry : entries.subList(0, end)) {
      if (!entry.service().isEmpty()) {
        load.merge(entry.service(), (long) entry.bytes(), Long::sum);
      }
    }
    while (bytes > target && !load.isEmpty()) {
      String largest =
          load.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      load.remove(largest);
      merge(oldest(end, target, largest), largest);
    }
  }

  private void mergeOldest(int end, long target) {
    if (bytes > target) {
      List<Integer> victims = oldest(end, target, "");
      long services = victims.stream().map(i -> entries.get(i).service()).distinct().count();
      merge(victims, services == 1 ? entries.get(victims.getFirst()).service() : "");
    }
  }

  /** The oldest ones, of one service or (empty) of all, whose merging gives enough room. */
  private List<Integer> oldest(int end, long target, String service) {
    List<Integer> victims = new ArrayList<>();
    long left = bytes + MERGED_BYTES + service.length();
    for (int i = 0; i < end && left > target; i++) {
      if (!gone[i] && (service.isEmpty() || entries.get(i).service().equals(service))) {
        victims.add(i);
        left -= entries.get(i).bytes();
      }
    }
    return victims;
  }

  private void merge(List<Integer> victims, String service) {
    if (victims.size() < 2) {
      return;
    }
    int place = victims.getLast();
    Entry last = entries.get(place);
    long count = 0;
    long firstSequence = Long.MAX_VALUE;
    long lastSequence = 0;
    long firstWall = Long.MAX_VALUE;
    long lastWall = Long.MIN_VALUE;
    for (int i : victims) {
      Entry victim = entries.get(i);
      count += victim.count();
      firstSequence = Math.min(firstSequence, victim.firstSequence());
      lastSequence = Math.max(lastSequence, victim.lastSequence());
      firstWall = Math.min(firstWall, victim.firstWall());
      lastWall = Math.max(lastWall, victim.lastWall());
      bytes -= victim.bytes();
      dropped += victim.count() == 1 ? 1 : 0;
      gone[i] = true;
      removed.add(victim.sequence());
      merged.remove(victim.sequence());
    }
    int size = MERGED_BYTES + service.length();
    Entry entry =
        new Entry(
            last.sequence(),
            service,
            size,
            count,
            firstSequence,
            lastSequence,
            firstWall,
            lastWall);
    entries.set(place, entry);
    gone[place] = false;
    removed.remove(entry.sequence());
    merged.put(entry.sequence(), entry);
    bytes += size;
  }

  private static String flapOf(HostEvent event) {
    return switch (event) {
      case HostEvent.AgentStarted started -> "";
      case HostEvent.PlanStored stored -> "";
      case HostEvent.ServiceStarted started -> started.service();
      case HostEvent.ServiceExited exited -> exited.service();
      case HostEvent.VerdictChanged changed -> changed.service();
      case HostEvent.HealingStarted started -> started.service();
      case HostEvent.HealingVerified verified -> verified.service();
      case HostEvent.HealingFailed failed -> failed.service();
      case HostEvent.HealingHeld held -> held.service();
      case EventsDropped dropped -> dropped.service();
    };
  }
}
