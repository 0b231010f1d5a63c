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

  /** At least this many of the newest events are kept, unless they are too heavy together. */
  public static final int KEPT = 8_192;

  /** Bytes that the kept events may weigh by {@link RecordWeight}, but for the newest few. */
  public static final long WEIGHT_KEPT = 16L << 20;

  /** No event yet. */
  public static final EventHistory EMPTY = new EventHistory(0, List.of(), Chunk.EMPTY);

  /**
   * A chunk is closed by either: both count from its first event, so a snapshot changes nothing.
   */
  private static final int CHUNK = 256;

  private static final long CHUNK_WEIGHT = 256L << 10;

  private final long total;
  private final List<Chunk> chunks;
  private final Chunk tail;

  private record Chunk(List<RecordedEvent> events, long weight) {
    private static final Chunk EMPTY = new Chunk(List.of(), 0);

    private Chunk plus(RecordedEvent event) {
      List<RecordedEvent> grown = new ArrayList<>(events);
      grown.add(event);
      return new Chunk(List.copyOf(grown), weight + RecordWeight.of(event.recorded()));
    }

    private boolean isFull() {
      return events.size() >= CHUNK || weight >= CHUNK_WEIGHT;
    }
  }

  private EventHistory(long total, List<Chunk> chunks, Chunk tail) {
    this.total = total;
    this.chunks = chunks;
    this.tail = tail;
  }

  /** A history whose first kept event has the position {@code oldest}; for reading a snapshot. */
  public static EventHistory of(long oldest, List<EventRecorded> events) {
    EventHistory history = new EventHistory(oldest - 1, List.of(), Chunk.EMPTY);
    for (EventRecorded event : events) {
      history = history.plus(event);
    }
    return history;
  }

  EventHistory plus(EventRecorded event) {
    Chunk grown = tail.plus(new RecordedEvent(total + 1, event));
    if (!grown.isFull()) {
      return new EventHistory(total + 1, chunks, grown);
    }
    List<Chunk> next = new ArrayList<>(chunks);
    next.add(grown);
    long events = next.stream().mapToLong(chunk -> chunk.events().size()).sum();
    long weight = next.stream().mapToLong(Chunk::weight).sum();
    while (next.size() > 1
        && (events - next.getFirst().events().size() >= KEPT || weight > WEIGHT_KEPT)) {
      Chunk gone = next.removeFirst();
      events -= gone.events().size();
      weight -= gone.weight();
    }
    return new EventHistory(total + 1, List.copyOf(next), Chunk.EMPTY);
  }

  /** How many events the ledger has recorded in its life; the position of the newest. */
  public long total() {
    return total;
  }

  /** Position of the oldest event still kept; {@code total() + 1} when there is none. */
  public long oldest() {
    return (chunks.isEmpty() ? tail : chunks.getFirst())
        .events().stream().findFirst().map(RecordedEvent::position).orElse(total + 1);
  }

  /** The kept events after {@code position}, in order. */
  public Stream<RecordedEvent> after(long position) {
    return Stream.concat(
            chunks.stream().filter(chunk -> chunk.events().getLast().position() > position),
            Stream.of(tail))
        .flatMap(chunk -> chunk.events().stream())
        .filter(event -> event.position() > position);
  }

  /** The kept events, newest first. */
  public Stream<RecordedEvent> newestFirst() {
    return Stream.concat(Stream.of(tail), chunks.reversed().stream())
        .flatMap(chunk -> chunk.events().reversed().stream());
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
