package io.holdfast.collector.api;

import io.holdfast.core.ledger.EventHistory;
import io.holdfast.core.ledger.RecordedEvent;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The newest events of one kind as messages. It remembers how far it has looked: thousands of
 * events are not read again twice a second.
 */
final class NewestEvents {
  private final Predicate<RecordedEvent> wanted;
  private final int most;
  private List<io.holdfast.proto.v1.RecordedEvent> newest = List.of();
  private long lookedUpTo;

  NewestEvents(Predicate<RecordedEvent> wanted, int most) {
    this.wanted = wanted;
    this.most = most;
  }

  /** Of this history, newest first. */
  synchronized List<io.holdfast.proto.v1.RecordedEvent> of(EventHistory history) {
    if (history.total() < lookedUpTo) {
      newest = List.of();
      lookedUpTo = 0;
    }
    Stream<io.holdfast.proto.v1.RecordedEvent> added =
        history
            .newestFirst()
            .takeWhile(event -> event.position() > lookedUpTo)
            .filter(wanted)
            .limit(most)
            .map(EventMessages::toProto);
    newest = Stream.concat(added, newest.stream()).limit(most).toList();
    lookedUpTo = history.total();
    return newest;
  }
}
