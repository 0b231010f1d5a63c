package io.holdfast.unit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** The loops that a program lives by. Safe for all threads. */
public final class Loops {
  private final LongSupplier nanoTime;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();

  /** Measured by {@link System#nanoTime}. */
  public Loops() {
    this(System::nanoTime);
  }

  /** Measured by {@code nanoTime}. */
  public Loops(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Adds a loop, which has turned just now.
   *
   * @param name for people
   * @param bound how long a turn may take at most, the wait before it included
   * @return to be called at each turn, by any thread
   */
  public Runnable add(String name, Duration bound) {
    Loop loop = new Loop(name, bound, nanoTime.getAsLong());
    loops.add(loop);
    return () -> loop.turned = nanoTime.getAsLong();
  }

  /** Those that have not turned within their bound. */
  List<Stale> stale() {
    long now = nanoTime.getAsLong();
    return loops.stream()
        .filter(loop -> now - loop.turned > loop.bound.toNanos())
        .map(loop -> new Stale(loop.name, Duration.ofNanos(now - loop.turned)))
        .toList();
  }

  /**
   * A loop that stands still.
   *
   * @param turned how long ago it turned last
   */
  record Stale(String name, Duration turned) {
    @Override
    public String toString() {
      return name + " (since " + turned.toSeconds() + " s)";
    }
  }

  private static final class Loop {
    private final String name;
    private final Duration bound;
    private volatile long turned;

    Loop(String name, Duration bound, long turned) {
      this.name = name;
      this.bound = bound;
      this.turned = turned;
    }
  }
}
