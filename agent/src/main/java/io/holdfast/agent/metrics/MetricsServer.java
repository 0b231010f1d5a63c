package io.holdfast.agent.metrics;

import io.holdfast.metrics.Scraper;
import io.holdfast.wire.PeerIdentity;
import io.holdfast.wire.PeerIdentity.RoleIdentity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Shows the agent's figures at {@code /metrics}: GET and HEAD, small requests, few connections.
 * With TLS every operator's role may look. Used on one event loop.
 */
public final class MetricsServer {
  /** One more closes the oldest: whoever holds connections open keeps nobody else out. */
  static final int CONNECTIONS_MAX = 16;

  private static final int LINE_MAX = 1024;
  private static final int HEADERS_MAX = 8 * 1024;
  private static final int STAY_SECONDS = 10;

  private final MetricsSettings settings;
  private final Scraper<AgentReading> scraper;
  private final HttpServer server;
  private final Map<HttpConnection, Long> deadlines = new LinkedHashMap<>();

  /** One request each: answers that nobody reads must not pile up. */
  private final Set<HttpConnection> answered = new HashSet<>();

  private final Vertx vertx;

  /** Listens nowhere until {@link #start}. */
  public MetricsServer(Vertx vertx, MetricsSettings settings, Scraper<AgentReading> scraper) {
    this.vertx = vertx;
    this.settings = settings;
    this.scraper = scraper;
    this.server =
        vertx
            .createHttpServer(options(settings))
            .connectionHandler(this::connected)
            .requestHandler(this::handle);
  }

  /**
   * Listens.
   *
   * @return the port; fails when it cannot be had or a PEM file cannot be used
   */
  public Future<Integer> start() {
    return server.listen(settings.port(), settings.address()).map(HttpServer::actualPort);
  }

  /**
   * Reads the PEM files again, if there are any; connections go on.
   *
   * @return fails when they cannot be used, and then those before stay
   */
  public Future<Void> reload() {
    return settings.tls().isEmpty()
        ? Future.succeededFuture()
        : server.updateSSLOptions(options(settings).getSslOptions(), true).mapEmpty();
  }

  /** Closes the port and every connection. */
  public Future<Void> stop() {
    return server.close();
  }

  private void connected(HttpConnection connection) {
    if (deadlines.size() >= CONNECTIONS_MAX) {
      HttpConnection oldest = deadlines.keySet().iterator().next();
      forget(oldest);
      oldest.close();
    }
    deadlines.put(connection, deadline(connection));
    connection.closeHandler(closed -> forget(connection));
  }

  private void forget(HttpConnection connection) {
    answered.remove(connection);
    Optional.ofNullable(deadlines.remove(connection)).ifPresent(vertx::cancelTimer);
  }

  /** Whatever trickles in or is not read meanwhile. */
  private long deadline(HttpConnection connection) {
    return vertx.setTimer(STAY_SECONDS * 1_000L, id -> connection.close());
  }

  private void handle(HttpServerRequest request) {
    if (!answered.add(request.connection())) {
      request.connection().close();
      return;
    }
    HttpMethod method = request.method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      refuse(request, 405, "only GET and HEAD are allowed");
    } else if (!"/metrics".equals(request.path())) {
      refuse(request, 404, "there is nothing here but /metrics");
    } else if (!admits(request.connection())) {
      refuse(request, 403, "this needs a client certificate with a role");
    } else {
      scraper
          .text()
          .onSuccess(text -> answer(request, 200, Scraper.CONTENT_TYPE, text))
          .onFailure(e -> refuse(request, 500, "the figures cannot be read: " + e));
    }
  }

  private boolean admits(HttpConnection connection) {
    if (settings.tls().isEmpty()) {
      return true;
    }
    try {
      return PeerIdentity.of((X509Certificate) connection.sslSession().getPeerCertificates()[0])
          instanceof RoleIdentity;
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      return false;
    }
  }

  private static void refuse(HttpServerRequest request, int code, String message) {
    answer(request, code, "text/plain; charset=utf-8", Buffer.buffer(message + "\n"));
  }

  private static void answer(HttpServerRequest request, int code, String type, Buffer body) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response
        .setStatusCode(code)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }

  private static HttpServerOptions options(MetricsSettings settings) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setMaxInitialLineLength(LINE_MAX)
            .setMaxHeaderSize(HEADERS_MAX)
            .setSslHandshakeTimeout(STAY_SECONDS)
            .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    settings
        .tls()
        .ifPresent(
            tls ->
                options
                    .setSsl(true)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertPath(tls.certificate().toString())
                            .addKeyPath(tls.key().toString()))
                    .setTrustOptions(
                        new PemTrustOptions().addCertPath(tls.authorities().toString())));
    return options;
  }
}
