package io.holdfast.collector.api;

import io.holdfast.collector.door.Door;
import io.holdfast.collector.door.DoorRules;
import io.holdfast.collector.door.Doors;
import io.holdfast.collector.door.PlainGrpc;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Set;

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
  private static final int HANDSHAKE_SECONDS = 10;

  private final ApiSettings settings;
  private final Surfaces surfaces;
  private final Doors doors;
  private final DoorRules rules;

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
  public ApiServer(ApiSettings settings, Surfaces surfaces, Doors doors, DoorRules rules) {
    this.settings = settings;
    this.surfaces = surfaces;
    this.doors = doors;
    this.rules = rules;
  }

  @Override
  public Future<?> start() {
    surface = surfaces.on(vertx);
    grpc = new PlainGrpc(surface.grpc());
    door = doors.with(vertx, rules);
    server = door.guard(vertx.createHttpServer(options(settings))).requestHandler(this::handle);
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

  private static HttpServerOptions options(ApiSettings settings) {
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(settings.certificate().toString())
                .addKeyPath(settings.key().toString()))
        .setTrustOptions(new PemTrustOptions().addCertPath(settings.authorities().toString()))
        .setClientAuth(ClientAuth.REQUEST)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(STREAMS_MAX)
                .setMaxHeaderListSize(HEADERS_MAX))
        .setMaxHeaderSize(HEADERS_MAX)
        .setMaxInitialLineLength(LINE_MAX)
        .setIdleTimeout(IDLE_SECONDS)
        .setTcpKeepAlive(true)
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true));
  }
}
