package io.holdfast.collector.api;

import io.holdfast.collector.door.Door;
import io.holdfast.collector.door.DoorRules;
import io.holdfast.collector.door.Doors;
import io.holdfast.collector.door.PlainGrpc;
import io.holdfast.collector.door.PortTls;
import io.holdfast.collector.door.QuietLog;
import io.holdfast.collector.door.RejectedClientException;
import io.holdfast.collector.door.Visas;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.util.List;

/**
 * The HTTPS port of operators: gRPC and the page side by side, TLS 1.3 alone, HTTP/2 and HTTP/1.1.
 * A caller may come without a certificate; what it may then see is for the handlers to say.
 *
 * <p>Deployed as a verticle, it does all its work on one event loop.
 */
public final class ApiServer extends VerticleBase {
  private static final int STREAMS_MAX = 32;
  private static final int HEADERS_MAX = 16 * 1024;
  private static final int LINE_MAX = 4 * 1024;
  private static final int IDLE_SECONDS = 120;

  private final ApiSettings settings;
  private final Surfaces surfaces;
  private final Doors doors;
  private final DoorRules rules;
  private final Visas visas;
  private final QuietLog log = new QuietLog(ApiServer.class);

  @SuppressWarnings("NullAway.Init") // set by start()
  private HttpServer server;

  @SuppressWarnings("NullAway.Init") // set by start()
  private Surface surface;

  @SuppressWarnings("NullAway.Init") // set by start()
  private Door door;

  @SuppressWarnings("NullAway.Init") // set by start()
  private Handler<HttpServerRequest> grpc;

  /** Builds what answers, on the event loop on which it will run. */
  @FunctionalInterface
  public interface Surfaces {
    /** What answers on this port. */
    Surface on(io.vertx.core.Vertx vertx);
  }

  /**
   * What answers on the port.
   *
   * @param grpc calls of gRPC
   * @param web everything else
   * @param feeds ended before the port is closed
   */
  public record Surface(
      Handler<HttpServerRequest> grpc, Handler<HttpServerRequest> web, Feeds feeds) {}

  /** A server that listens once it is deployed. */
  public ApiServer(
      ApiSettings settings, Surfaces surfaces, Doors doors, DoorRules rules, Visas visas) {
    this.visas = visas;
    this.settings = settings;
    this.surfaces = surfaces;
    this.doors = doors;
    this.rules = rules;
  }

  @Override
  public Future<?> start() throws IOException {
    surface = surfaces.on(vertx);
    grpc = new PlainGrpc(surface.grpc());
    door = doors.with(vertx, rules, visas);
    server =
        door.guard(vertx.createHttpServer(options(settings)))
            .requestHandler(this::handle)
            .exceptionHandler(this::refused);
    return server
        .listen(settings.port(), settings.address())
        .onSuccess(listening -> door.open(listening.actualPort()));
  }

  @Override
  public Future<?> stop() {
    surface.feeds().close();
    door.close();
    return server.close();
  }

  /**
   * Reads the files of TLS anew for connections that come from now on; those that are there stay.
   * May be called from any thread.
   */
  public Future<Void> reload() {
    return tls(settings).reload(context, server);
  }

  /** An alert of TLS tells a caller next to nothing; what is wrong stands in the log. */
  private void refused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RejectedClientException rejected) {
        log.say(
            "operators' port: a client was refused: " + rejected.getMessage(), System.nanoTime());
        return;
      }
    }
  }

  /** The port that it listens on; known once it is deployed. */
  public int port() {
    return server.actualPort();
  }

  private void handle(HttpServerRequest request) {
    door.asked(request);
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && type.startsWith("application/grpc")) {
      grpc.handle(request);
    } else {
      surface.web().handle(request);
    }
  }

  private static PortTls tls(ApiSettings settings) {
    return new PortTls(
        settings.certificate(),
        settings.key(),
        settings.authorities(),
        ClientAuth.REQUEST,
        List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
  }

  private static HttpServerOptions options(ApiSettings settings) throws IOException {
    return tls(settings)
        .applyTo(new HttpServerOptions())
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(STREAMS_MAX)
                .setMaxHeaderListSize(HEADERS_MAX))
        .setMaxHeaderSize(HEADERS_MAX)
        .setMaxInitialLineLength(LINE_MAX)
        .setIdleTimeout(IDLE_SECONDS)
        .setTcpKeepAlive(true);
  }
}
