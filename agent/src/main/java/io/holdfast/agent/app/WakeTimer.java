package io.holdfast.agent.app;

import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/** One timer that is moved to the time of the newest wish. Used on one event loop. */
final class WakeTimer {

  /** A wish further away than this is asked for again on the way: the loop shows that it turns. */
  static final long LONGEST_MILLIS = 5_000;

  private final Vertx vertx;
  private final LongSupplier bootMillis;
  private final Runnable wake;
  private long timer = -1;
  private long due = Long.MAX_VALUE;

  WakeTimer(Vertx vertx, LongSupplier bootMillis, Runnable wake) {
    this.vertx = vertx;
    this.bootMillis = bootMillis;
    this.wake = wake;
  }

  void at(long boot) {
    if (timer != -1 && boot == due) {
      return;
    }
    vertx.cancelTimer(timer);
    due = boot;
    long delay = Math.min(LONGEST_MILLIS, boot - bootMillis.getAsLong());
    timer =
        vertx.setTimer(
            Math.max(1, delay),
            id -> {
              timer = -1;
              wake.run();
            });
  }

  void stop() {
    vertx.cancelTimer(timer);
  }
}
