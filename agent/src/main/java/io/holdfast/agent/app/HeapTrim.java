package io.holdfast.agent.app;

import java.util.function.LongSupplier;

/**
 * Keeps the heap near what is in use. The Serial collector enlarges the old generation up to {@code
 * -Xmx} before it collects it for the first time, so an agent would grow for hours; asked for, it
 * collects all and gives back what is free.
 */
final class HeapTrim {
  /** How much more than after the last time is too much, in bytes. */
  static final long SLACK = 512L << 10;

  /** How often to look. */
  static final long LOOK_MILLIS = 10_000;

  private final LongSupplier committed;
  private final Runnable collect;
  private long least;

  /**
   * @param committed the size of the heap in bytes
   * @param collect collects all garbage and returns when that is done
   */
  HeapTrim(LongSupplier committed, Runnable collect) {
    this.committed = committed;
    this.collect = collect;
  }

  /** That of this JVM. */
  static HeapTrim ofThisProcess() {
    return new HeapTrim(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /** Collects if the heap has grown by more than {@link #SLACK}; a pause of some 50 ms. */
  void look() {
    long size = committed.getAsLong();
    if (size > least + SLACK) {
      collect.run();
      least = committed.getAsLong();
    } else {
      least = Math.min(least, size);
    }
  }
}
