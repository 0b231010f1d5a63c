package io.holdfast.metrics;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers those who ask for the figures: the reading is taken on the event loop, the text written
 * on a worker, and whoever asks meanwhile gets the same. Used on one event loop.
 *
 * @param <S> what the figures are read from
 */
public final class Scraper<S> {
  /** The text's {@code Content-Type}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Context context;
  private final Supplier<S> reading;
  private final Supplier<Exposition<S>> made;
  private Optional<Exposition<S>> exposition = Optional.empty();
  private Optional<Future<Buffer>> underWay = Optional.empty();

  /**
   * A scraper that has not read anything.
   *
   * @param context of that event loop
   * @param reading called on it; must not block
   * @param made called once, on a worker, when the figures are asked for the first time: until then
   *     they cost nothing
   */
  public Scraper(Context context, Supplier<S> reading, Supplier<Exposition<S>> made) {
    this.context = context;
    this.reading = reading;
    this.made = made;
  }

  /** The figures of now. */
  public Future<Buffer> text() {
    return underWay.orElseGet(this::begin);
  }

  private Future<Buffer> begin() {
    S now = reading.get();
    Future<Buffer> text =
        context.executeBlocking(() -> Buffer.buffer(exposition().text(now)), false);
    underWay = Optional.of(text);
    return text.onComplete(done -> underWay = Optional.empty());
  }

  /** One worker at a time comes here, and each sees what the one before it left. */
  private synchronized Exposition<S> exposition() {
    if (exposition.isEmpty()) {
      exposition = Optional.of(made.get());
    }
    return exposition.get();
  }
}
