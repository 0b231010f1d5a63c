package io.holdfast.collector.link;

import java.util.concurrent.TimeUnit;

/**
 * How fast one host may talk: a bucket of bytes that fills steadily and may be overdrawn by one
 * message. It lasts longer than the host's streams, so that a new stream brings no new bytes. A
 * message counts at least {@link #LEAST} bytes for each of its events.
 */
final class Pace {
  /** A whole spool of the usual size comes through unhindered. */
  static final long BURST = 16L << 20;

  /** Bytes that come in each second: of small events, 2,048. */
  static final long PER_SECOND = 512L << 10;

  static final long LEAST = 256;

  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private double bytes = BURST;
  private long filledAt;

  /** Full at {@code now}, in nanoseconds of {@link System#nanoTime}. */
  Pace(long now) {
    this.filledAt = now;
  }

  /**
   * Takes what a message costs.
   *
   * @return milliseconds for which the host is to wait; 0: it may go on
   */
  long take(int messageBytes, int events, long now) {
    fill(now);
    bytes -= Math.max(messageBytes, Math.max(1, events) * LEAST);
    return bytes >= 0 ? 0 : (long) Math.ceil(-bytes * 1_000 / PER_SECOND);
  }

  /** Whether it is as good as a new one. */
  boolean isFull(long now) {
    fill(now);
    return bytes >= BURST;
  }

  private void fill(long now) {
    bytes = Math.min(BURST, bytes + (double) (now - filledAt) / NANOS * PER_SECOND);
    filledAt = now;
  }
}
