package io.holdfast.collector.app;

import io.holdfast.core.Moment;
import java.util.function.Supplier;

/**
 * This collector's clocks. Java's monotonic clock stands in for the boot clock: the leader's spans
 * are those of its own running process.
 */
final class Clocks implements Supplier<Moment> {

  private final long origin = System.nanoTime();

  @Override
  public Moment get() {
    return new Moment((System.nanoTime() - origin) / 1_000_000, System.currentTimeMillis());
  }
}
