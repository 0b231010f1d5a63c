package io.holdfast.collector.api.grpc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;

/**
 * Keeps the connection of a call on which nothing may happen for hours from being closed as idle,
 * and closes it when the other side is gone without a word. Used on the connection's event loop.
 */
final class KeepAlive {
  /** Well below the time after which the server closes an idle connection. */
  private static final long PERIOD_MILLIS = 30_000;

  private static final Buffer DATA = Buffer.buffer("holdfast");

  private final Vertx vertx;
  private final HttpConnection connection;
  private final long timer;
  private boolean waiting;

  /** Begins at once. */
  KeepAlive(Vertx vertx, HttpConnection connection) {
    this.vertx = vertx;
    this.connection = connection;
    this.timer = vertx.setPeriodic(PERIOD_MILLIS, tick -> ping());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  private void ping() {
    if (waiting) {
      connection.close();
      return;
    }
    waiting = true;
    connection.ping(DATA).onSuccess(answer -> waiting = false);
  }
}
