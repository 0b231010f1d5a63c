package io.holdfast.collector.fleet;

import java.util.function.IntConsumer;

/** Slots for the newest of a series, each with its time; the times grow strictly. */
final class Ring {
  private final long[] wallMillis;
  private int next;
  private int filled;

  Ring(int slots) {
    this.wallMillis = new long[slots];
  }

  /**
   * Takes a slot, the oldest one when all are taken.
   *
   * @param wallMillis when; a clock that was put back does not put the series back
   */
  int add(long wallMillis) {
    int slot = next;
    long after = filled == 0 ? Long.MIN_VALUE : this.wallMillis[newest()] + 1;
    this.wallMillis[slot] = Math.max(wallMillis, after);
    next = (slot + 1) % this.wallMillis.length;
    filled = Math.min(filled + 1, this.wallMillis.length);
    return slot;
  }

  boolean isEmpty() {
    return filled == 0;
  }

  /** The slot taken last; none is empty. */
  int newest() {
    return Math.floorMod(next - 1, wallMillis.length);
  }

  long wallMillis(int slot) {
    return wallMillis[slot];
  }

  /** Visits the slots of the newest {@code most}, oldest first. */
  void newest(int most, IntConsumer visitor) {
    int count = Math.min(most, filled);
    for (int i = count; i > 0; i--) {
      visitor.accept(Math.floorMod(next - i, wallMillis.length));
    }
  }
}
