package io.holdfast.collector.api;

import io.vertx.core.Vertx;

/** What the API sends without being asked again; on one event loop. */
public record Feeds(StatusFeed status, EventFeed events) {

  /** Feeds of these sources on the event loop of {@code vertx}. */
  public static Feeds on(Vertx vertx, StatusSource status, LedgerSource ledger) {
    return new Feeds(new StatusFeed(vertx, status), new EventFeed(vertx, ledger));
  }

  /** Ends all streams. */
  void close() {
    status.close();
    events.close();
  }
}
