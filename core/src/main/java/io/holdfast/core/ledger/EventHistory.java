package io.holdfast.core.ledger;

import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The newest events of the ledger, immutable.
 *
 * <p>Whole chunks are shared from one history to the next, so that adding an event copies at most
 * one chunk.
 */
public final class EventHistory {

  /** At least this many of the newest events are kept. */
  public static final int KEPT = 8_192;

  /** No event yet. */
  public static final EventHistory EMPTY = new EventHistory(0, List.of(), List.of());

  private static final int CHUNK = 256;

  private final long total;
  private final List<List<RecordedEvent>> chunks;
  private final List<RecordedEvent> tail;

  private EventHistory(long total, List<List<RecordedEvent>> chunks, List<RecordedEvent> tail) {
    this.total = total;
    this.chunks = chunks;
    this.tail = tail;
  }

  /** A history whose first kept event has the position {@code oldest}; for reading a snapshot. */
  public static EventHistory of(long oldest, List<EventRecorded> events) {
    EventHistory history = new EventHistory(oldest - 1, List.of(), List.of());
    for (EventRecorded event : events) {
      history = history.plus(event);
    }
    return history;
  }

  EventHistory plus(EventRecorded event) {
    List<RecordedEvent> grown = new ArrayList<>(tail);
    grown.add(new RecordedEvent(total + 1, event));
    if (grown.size() < CHUNK) {
      return new EventHistory(total + 1, chunks, List.copyOf(grown));
    }
    List<List<RecordedEvent>> next = new ArrayList<>(chunks);
    next.add(List.copyOf(grown));
    if ((next.size() - 1) * CHUNK >= KEPT) {
      next.removeFirst();
    }
    return new EventHistory(total + 1, List.copyOf(next), List.of());
  }

  /** How many events the ledger has recorded in its life; the position of the newest. */
  public long total() {
    return total;
  }

  /** Position of the oldest event still kept; {@code total() + 1} when there is none. */
  public long oldest() {
    return total + 1 - tail.size() - (long) chunks.size() * CHUNK;
  }

  /** The kept events after {@code position}, in order. */
  public Stream<RecordedEvent> after(long position) {
    return Stream.concat(
            chunks.stream().filter(chunk -> chunk.getLast().position() > position), Stream.of(tail))
        .flatMap(List::stream)
        .filter(event -> event.position() > position);
  }

  /** The kept events, newest first. */
  public Stream<RecordedEvent> newestFirst() {
    return Stream.concat(Stream.of(tail), chunks.reversed().stream())
        .flatMap(chunk -> chunk.reversed().stream());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventHistory that
        && total == that.total
        && oldest() == that.oldest()
        && after(0).toList().equals(that.after(0).toList());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(total);
  }

  @Override
  public String toString() {
    return "EventHistory[" + oldest() + ".." + total + "]";
  }
}
