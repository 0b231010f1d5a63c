package io.holdfast.agent.app;

import io.vertx.core.Vertx;
import java.util.Arrays;

/** How late the event loop is: what it does not come to, nobody decides. Used on one event loop. */
final class LoopLag {
  private static final long PERIOD_MILLIS = 1_000;
  private static final int KEPT = 60;

  private final long[] lateNanos = new long[KEPT];
  private int ticks;
  private long before = System.nanoTime();

  /** Looks each second, until Vert.x is closed. */
  static LoopLag watch(Vertx vertx) {
    LoopLag lag = new LoopLag();
    vertx.setPeriodic(PERIOD_MILLIS, id -> lag.tick());
    return lag;
  }

  /** The worst of the last minute. */
  double seconds() {
    return Arrays.stream(lateNanos).max().orElse(0) / 1e9;
  }

  private void tick() {
    long now = System.nanoTime();
    lateNanos[ticks++ % KEPT] = Math.max(0, now - before - PERIOD_MILLIS * 1_000_000);
    before = now;
  }
}
