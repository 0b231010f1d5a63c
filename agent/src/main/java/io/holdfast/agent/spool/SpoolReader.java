package io.holdfast.agent.spool;

import io.holdfast.core.agent.SpooledEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** Walks over the events of the spool, a few at a time in memory. */
final class SpoolReader implements Iterator<SpooledEvent> {
  private static final int BATCH = 256;

  private final SpoolFiles.View view;
  private final Function<SpooledEvent, Optional<SpooledEvent>> change;
  private final Deque<SpooledEvent> ready = new ArrayDeque<>();
  private long after;
  private boolean ended;

  /**
   * Walks over what {@code change} makes of the events.
   *
   * @param after events with a greater sequence only
   */
  SpoolReader(
      SpoolFiles.View view, long after, Function<SpooledEvent, Optional<SpooledEvent>> change) {
    this.view = view;
    this.after = after;
    this.change = change;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      fill();
    }
    return !ready.isEmpty();
  }

  @Override
  public SpooledEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.removeFirst();
  }

  private void fill() {
    try {
      var events = view.after(after, BATCH);
      ended = events.isEmpty();
      for (SpooledEvent event : events) {
        after = event.sequence();
        change.apply(event).ifPresent(ready::addLast);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
