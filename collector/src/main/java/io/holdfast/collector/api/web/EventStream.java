package io.holdfast.collector.api.web;

import io.holdfast.collector.api.Caller;
import io.holdfast.collector.api.NewestOnly;
import io.holdfast.collector.api.StatusFeed;
import io.holdfast.collector.api.StatusFeed.Watch;
import io.holdfast.collector.door.Visas;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The status as server-sent events. A slow reader gets only the newest. */
final class EventStream implements Handler<RoutingContext> {
  /** A browser that lost the stream comes back after a second. */
  private static final Buffer BEGIN = Buffer.buffer("retry: 1000\n\n");

  private final StatusFeed feed;
  private final ApiJson json;
  private final Visas visas;

  EventStream(StatusFeed feed, ApiJson json, Visas visas) {
    this.visas = visas;
    this.feed = feed;
    this.json = json;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    // HTTP/2 ends its streams itself; without a length HTTP/1.1 can only be chunked.
    response.setChunked(context.request().version() == HttpVersion.HTTP_1_1);
    Optional<Watch> watch = feed.watch(new Stream(response, context.request().connection()));
    if (watch.isEmpty()) {
      tooMany(response);
      return;
    }
    response.closeHandler(closed -> watch.get().stop());
    response.exceptionHandler(gone -> watch.get().stop());
  }

  private static void tooMany(HttpServerResponse response) {
    response
        .setStatusCode(503)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end("too many watch this collector already; try again later\n");
  }

  private final class Stream implements StatusFeed.Watcher {
    private final HttpServerResponse response;
    private final NewestOnly<Buffer> writer;
    private final HttpConnection connection;
    private boolean begun;

    Stream(HttpServerResponse response, HttpConnection connection) {
      this.connection = connection;
      this.response = response;
      this.writer = new NewestOnly<>(response);
    }

    @Override
    public Future<Void> next(SystemStatus status) {
      if (!begun) {
        begun = true;
        response.write(BEGIN);
      }
      return writer.offer(json.event(status));
    }

    @Override
    public void end() {
      response.end();
    }

    @Override
    public Optional<String> rejection() {
      return Caller.rejection(connection, visas);
    }

    /** A comment, for those who look; the browser comes back and is told anew. */
    @Override
    public void reject(String why) {
      response.end(": " + why + "\n\n");
    }
  }
}
