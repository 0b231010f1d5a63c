package io.holdfast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A catalog's figures in Prometheus' text format. What a reading no longer has is forgotten at
 * once, so that what there is stays as bounded as one reading. Safe for all threads.
 *
 * @param <S> what the figures are read from
 */
public final class Exposition<S> {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Series<S>> series = new ArrayList<>();
  private final Map<String, Timer> timers = new HashMap<>();
  private final Family<Long> leftOut;
  private final Series<Long> leftOutSeries;

  /**
   * A figure that stays, with a value that changes.
   *
   * @param meter how the registry knows it
   */
  private record Known(Cell cell, Meter meter) {}

  private static final class Cell {
    private volatile double value;
    private volatile long count;

    void set(Rows.Row row) {
      value = row.value();
      count = row.count();
    }
  }

  /** Figures of one name and those of them that the registry knows. */
  private record Series<S>(Family<S> family, Map<List<String>, Known> known) {}

  /**
   * An exposition that was told nothing yet.
   *
   * @param leftOut name of the gauge that counts what a bound left out
   */
  public Exposition(Catalog<S> catalog, String leftOut) {
    for (Family<S> family : catalog.families()) {
      if (family.kind() == Kind.HISTOGRAM) {
        timers.put(family.name(), timer(family));
      } else {
        series.add(new Series<>(family, new HashMap<>()));
      }
    }
    this.leftOut = leftOutFamily(leftOut);
    this.leftOutSeries = new Series<>(this.leftOut, new HashMap<>());
  }

  /** What the gauge of that name means. */
  public static Family<Long> leftOutFamily(String name) {
    return new Catalog<Long>()
        .gauge(name, "Series that this answer left out because there were too many.", n -> n)
        .families()
        .getFirst();
  }

  /** Adds to the histogram of that name. */
  public void record(String histogram, Duration duration) {
    Objects.requireNonNull(timers.get(histogram)).record(duration);
  }

  /** The figures of this reading. */
  public synchronized String text(S reading) {
    long left = 0;
    for (Series<S> one : series) {
      left += refresh(one, reading);
    }
    refresh(leftOutSeries, left);
    return registry.scrape();
  }

  private <T> long refresh(Series<T> series, T reading) {
    Rows rows = new Rows(series.family().labels().size());
    series.family().rows().accept(reading, rows);
    series
        .known()
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !rows.kept().containsKey(entry.getKey());
              if (gone) {
                registry.remove(entry.getValue().meter());
              }
              return gone;
            });
    rows.kept()
        .forEach(
            (values, row) ->
                series
                    .known()
                    .computeIfAbsent(values, added -> register(series.family(), added))
                    .cell()
                    .set(row));
    return rows.leftOut();
  }

  private Known register(Family<?> family, List<String> values) {
    Cell cell = new Cell();
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      tags.add(Tag.of(family.labels().get(i), values.get(i)));
    }
    return new Known(cell, meter(family, cell, tags));
  }

  private Meter meter(Family<?> family, Cell cell, List<Tag> tags) {
    return switch (family.kind()) {
      case GAUGE -> gauge(family.name(), family, cell, tags);
      // By this ending Micrometer knows what may end so.
      case INFO -> gauge(family.name().replaceFirst("_info$", ".info"), family, cell, tags);
      case COUNTER ->
          FunctionCounter.builder(family.name(), cell, c -> c.value)
              .description(family.help())
              .tags(tags)
              .register(registry);
      case SUMMARY ->
          FunctionTimer.builder(family.name(), cell, c -> c.count, c -> c.value, TimeUnit.SECONDS)
              .description(family.help())
              .tags(tags)
              .register(registry);
      case HISTOGRAM -> throw new IllegalStateException(family.name() + " has no rows");
    };
  }

  private Meter gauge(String name, Family<?> family, Cell cell, List<Tag> tags) {
    return Gauge.builder(name, cell, c -> c.value)
        .description(family.help())
        .tags(tags)
        .register(registry);
  }

  private Timer timer(Family<?> family) {
    return Timer.builder(family.name())
        .description(family.help())
        .serviceLevelObjectives(family.buckets().toArray(Duration[]::new))
        .register(registry);
  }
}
