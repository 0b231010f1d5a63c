package io.holdfast.collector.app;

import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what real processes do. */
record Awaiting(Vertx vertx) {
  private static final int SECONDS = 60;

  void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited " + SECONDS + " s for " + what);
      }
      vertx.timer(50, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
    }
  }
}
