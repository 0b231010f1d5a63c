package io.holdfast.metrics;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Figures of one name.
 *
 * @param <S> what they are read from
 * @param name as Prometheus shows it
 * @param help one sentence
 * @param labels names of its labels
 * @param buckets upper bounds; of a histogram only
 * @param rows gives the figures of a reading; of a histogram nothing, because it is told
 */
public record Family<S>(
    String name,
    Kind kind,
    String help,
    List<String> labels,
    List<Duration> buckets,
    BiConsumer<S, Rows> rows) {

  /** Checks the name. */
  public Family {
    if (!kind.fits(name)) {
      throw new IllegalArgumentException(name + " is no name for a " + kind);
    }
    labels = List.copyOf(labels);
    buckets = List.copyOf(buckets);
  }
}
