package io.holdfast.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/**
 * The figures of a program, in the order of their declaration. A value that is not a number is not
 * shown.
 *
 * @param <S> what they are read from
 */
public final class Catalog<S> {
  private final List<Family<S>> families = new ArrayList<>();

  /** A gauge without labels. */
  public Catalog<S> gauge(String name, String help, ToDoubleFunction<S> value) {
    return gauges(name, help, List.of(), (reading, rows) -> rows.add(value.applyAsDouble(reading)));
  }

  /** A gauge for each set of labels. */
  public Catalog<S> gauges(
      String name, String help, List<String> labels, BiConsumer<S, Rows> rows) {
    return add(Kind.GAUGE, name, help, labels, rows);
  }

  /** A counter without labels. */
  public Catalog<S> counter(String name, String help, ToDoubleFunction<S> value) {
    return counters(
        name, help, List.of(), (reading, rows) -> rows.add(value.applyAsDouble(reading)));
  }

  /** A counter for each set of labels. */
  public Catalog<S> counters(
      String name, String help, List<String> labels, BiConsumer<S, Rows> rows) {
    return add(Kind.COUNTER, name, help, labels, rows);
  }

  /** A sum of seconds and their count for each set of labels. */
  public Catalog<S> summaries(
      String name, String help, List<String> labels, BiConsumer<S, Rows> rows) {
    return add(Kind.SUMMARY, name, help, labels, rows);
  }

  /** What the label says of the whole program. */
  public Catalog<S> info(String name, String help, String label, String value) {
    return add(Kind.INFO, name, help, List.of(label), (reading, rows) -> rows.add(1, value));
  }

  /** Seconds by size, told through {@link Exposition#record}. */
  public Catalog<S> histogram(String name, String help, List<Duration> buckets) {
    families.add(
        new Family<>(name, Kind.HISTOGRAM, help, List.of(), buckets, (reading, rows) -> {}));
    return this;
  }

  /** What there is. */
  public List<Family<S>> families() {
    return List.copyOf(families);
  }

  private Catalog<S> add(
      Kind kind, String name, String help, List<String> labels, BiConsumer<S, Rows> rows) {
    families.add(new Family<>(name, kind, help, labels, List.of(), rows));
    return this;
  }
}
