package io.holdfast.collector.api;

import io.vertx.core.Future;
import io.vertx.core.streams.WriteStream;
import java.util.Optional;

/**
 * Writes to a stream that may be slow: what it cannot take waits alone, and the next one replaces
 * it. Used on one event loop.
 */
public final class NewestOnly<T> {
  /** Bytes or messages that a reader may be behind before what follows is replaced. */
  private static final int QUEUE = 64 * 1024;

  private final WriteStream<T> stream;
  private Optional<T> waiting = Optional.empty();

  /** Takes over the stream's drain handler. */
  public NewestOnly(WriteStream<T> stream) {
    this.stream = bound(stream);
    stream.drainHandler(drained -> flush());
  }

  /**
   * Writes the item now, or keeps it until the reader can take it.
   *
   * @return fails when the reader is gone
   */
  public Future<Void> offer(T item) {
    if (stream.writeQueueFull()) {
      waiting = Optional.of(item);
      return Future.succeededFuture();
    }
    waiting = Optional.empty();
    return write(stream, item);
  }

  private void flush() {
    Optional<T> item = waiting;
    waiting = Optional.empty();
    item.ifPresent(next -> write(stream, next));
  }

  /** The stream, with a bound to what may wait in it for its reader. */
  static <T> WriteStream<T> bound(WriteStream<T> stream) {
    return stream.setWriteQueueMaxSize(QUEUE);
  }

  /** Some streams of Vert.x throw when their reader has gone, others give a failed future. */
  static <T> Future<Void> write(WriteStream<T> stream, T item) {
    try {
      return stream.write(item);
    } catch (IllegalStateException e) {
      return Future.failedFuture(e);
    }
  }
}
