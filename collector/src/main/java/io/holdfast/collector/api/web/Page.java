package io.holdfast.collector.api.web;

import io.holdfast.collector.api.Admission;
import io.holdfast.collector.api.Caller;
import io.holdfast.collector.api.HistorySource;
import io.holdfast.collector.api.StatusFeed;
import io.holdfast.collector.api.StatusSource;
import io.holdfast.collector.api.web.StaticFiles.StaticFile;
import io.holdfast.collector.door.Visas;
import io.holdfast.metrics.Scraper;
import io.holdfast.wire.Role;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The page and what it asks: GET and HEAD alone, by role, with headers that leave a browser no
 * leeway.
 */
public final class Page {
  private static final String FOLDER = "holdfast/dashboard";

  private static final String LIBRARIES = "/lib/";

  private static final Map<Integer, String> ERRORS =
      Map.of(
          400, "the request is malformed",
          404, "there is nothing here",
          405, "only GET and HEAD are allowed",
          500, "the collector failed to answer; its log says why");

  private final BooleanSupplier anonymousViewer;
  private final StaticFiles files;
  private final String policy;
  private final Sources sources;
  private final ApiJson json = new ApiJson();
  private final EventStream events;

  /**
   * What the page tells.
   *
   * @param feed of {@code status}
   * @param metrics what Prometheus scrapes
   * @param visas whether callers' certificates are still good
   */
  public record Sources(
      StatusSource status,
      StatusFeed feed,
      HistorySource history,
      Supplier<Future<Buffer>> metrics,
      Visas visas) {}

  private Page(Sources sources, BooleanSupplier anonymousViewer) {
    ClassLoader loader = Page.class.getClassLoader();
    this.files = StaticFiles.load(loader, FOLDER).and(WebJars.files(loader, LIBRARIES));
    this.policy = ContentPolicy.of(files.index());
    this.sources = sources;
    this.events = new EventStream(sources.feed(), json, sources.visas());
    this.anonymousViewer = anonymousViewer;
  }

  /**
   * What answers requests of browsers.
   *
   * @param anonymousViewer true: no client certificate is needed to look
   */
  public static Handler<HttpServerRequest> handler(
      Vertx vertx, Sources sources, BooleanSupplier anonymousViewer) {
    Page page = new Page(sources, anonymousViewer);
    Router router = Router.router(vertx);
    ERRORS.forEach(
        (code, message) -> router.errorHandler(code, context -> refuse(context, code, message)));
    router.route().handler(page::protect);
    router.route("/api/v1/status").handler(page::sendStatus);
    router.route("/api/v1/history").handler(page::sendHistory);
    router.route("/api/v1/stream").handler(page.events);
    router.route("/metrics").handler(page::sendMetrics);
    router.route().handler(page::sendFile);
    return router;
  }

  private void protect(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", policy)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    HttpMethod method = context.request().method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      context.fail(405);
    } else if (admits(context)) {
      context.next();
    }
  }

  private boolean admits(RoutingContext context) {
    if (anonymousViewer.getAsBoolean()) {
      return true;
    }
    return switch (Admission.of(
        Caller.on(context.request().connection(), sources.visas()), Role.VIEWER)) {
      case Admission.Admitted yes -> true;
      case Admission.Unauthenticated no -> {
        refuse(
            context, 401, no.message() + ". Import one into the browser and open the page anew.");
        yield false;
      }
      case Admission.Denied no -> {
        refuse(context, 403, no.message());
        yield false;
      }
    };
  }

  private void sendStatus(RoutingContext context) {
    sendJson(context, json.of(sources.status().status()));
  }

  private void sendHistory(RoutingContext context) {
    sendJson(
        context,
        json.of(sources.history().history(asked(context, "host"), asked(context, "service"))));
  }

  /** A parameter of the query; empty where there is none. */
  private static String asked(RoutingContext context, String name) {
    return context.queryParam(name).stream().findFirst().orElse("");
  }

  private static void sendJson(RoutingContext context, Buffer document) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    end(context, document);
  }

  private void sendMetrics(RoutingContext context) {
    sources
        .metrics()
        .get()
        .onSuccess(
            text -> {
              context
                  .response()
                  .putHeader(HttpHeaders.CONTENT_TYPE, Scraper.CONTENT_TYPE)
                  .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
              end(context, text);
            })
        .onFailure(context::fail);
  }

  private void sendFile(RoutingContext context) {
    StaticFile file = files.at(context.normalizedPath()).orElse(null);
    if (file == null) {
      context.fail(404);
      return;
    }
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.ETAG, file.tag())
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (file.tag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
    end(context, Buffer.buffer(file.content()));
  }

  private static void refuse(RoutingContext context, int code, String message) {
    context
        .response()
        .setStatusCode(code)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    end(context, Buffer.buffer(message + "\n"));
  }

  /** Ends the response; a HEAD is told the length alone. */
  private static void end(RoutingContext context, Buffer body) {
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
