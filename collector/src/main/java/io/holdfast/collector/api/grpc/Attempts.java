package io.holdfast.collector.api.grpc;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how often callers without a certificate may try something: per address, and of all
 * together. Used on one event loop.
 */
final class Attempts {
  /** Of one address in a minute. */
  static final int PER_ADDRESS = 10;

  /** Of all addresses in a minute: a site that enrols as a whole gets through. */
  static final int ALL = 300;

  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Map<String, Integer> tried = new HashMap<>();
  private int all;
  private long begun;

  /**
   * Counts one; false: it is one too many.
   *
   * @param now by {@link System#nanoTime}
   */
  boolean allows(String address, long now) {
    if (all == 0 || now - begun > MINUTE_NANOS) {
      tried.clear();
      all = 0;
      begun = now;
    }
    if (all >= ALL || tried.getOrDefault(address, 0) >= PER_ADDRESS) {
      return false;
    }
    all++;
    tried.merge(address, 1, Integer::sum);
    return true;
  }
}
