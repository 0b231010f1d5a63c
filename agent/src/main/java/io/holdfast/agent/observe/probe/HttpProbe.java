package io.holdfast.agent.observe.probe;

import io.holdfast.agent.observe.NetworkFailure;
import io.holdfast.agent.observe.ProbeKind;
import io.holdfast.agent.observe.ProbeRun;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes when a GET is answered with a status from 200 to 299. Each run has a connection of its
 * own; redirects are not followed. The body is read to its end, since a service that stops within
 * its answer is not well, but of a long one only the first 64 KiB.
 */
public final class HttpProbe implements ProbeKind<Probe.Http> {
  private static final long ENOUGH_BYTES = 64 * 1024;

  private final HttpClient client;
  private final LocalAddress localAddress;

  /** Asks through {@code vertx}. */
  public HttpProbe(Vertx vertx, LocalAddress localAddress) {
    this.localAddress = localAddress;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(false),
            // So large that no check ever waits for another one to the same address.
            new PoolOptions().setHttp1MaxSize(10_000));
  }

  @Override
  public void start(Probe.Http probe, ProbeRun run) {
    RequestOptions options;
    try {
      options = options(new URI(probe.url()), run);
    } catch (URISyntaxException | IllegalArgumentException e) {
      run.inconclusive(
          ReasonCode.PROBE_BROKEN,
          "'" + probe.url() + "' is no http or https URL: " + e.getMessage());
      return;
    }
    String peer = String.valueOf(options.getServer());
    run.stage("connecting to " + peer);
    client
        .request(options)
        .onSuccess(request -> send(request, run, peer))
        .onFailure(e -> lost(run, e, peer));
  }

  private RequestOptions options(URI url, ProbeRun run) {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    if (!tls && !"http".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException("the scheme is not http or https");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException("it names no host");
    }
    String host = url.getHost().replaceAll("^\\[|]$", "");
    int port = url.getPort() > 0 ? url.getPort() : (tls ? 443 : 80);
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setSsl(tls)
        .setServer(SocketAddress.inetSocketAddress(port, localAddress.resolve(host)))
        .setHost(url.getHost())
        .setPort(port)
        .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
        .setConnectTimeout(run.timeout().toMillis())
        .putHeader("User-Agent", "holdfast");
  }

  private static void send(HttpClientRequest request, ProbeRun run, String peer) {
    HttpConnection connection = request.connection();
    // The failure of send() says the same; without handlers each loss would be logged as well.
    connection.exceptionHandler(lost -> {});
    request.exceptionHandler(lost -> {});
    run.closeAtEnd(connection::close);
    run.stage("waiting for the answer of " + peer);
    request
        .send()
        .onSuccess(response -> receive(response, run, peer))
        .onFailure(e -> lost(run, e, peer));
  }

  private static void receive(HttpClientResponse response, ProbeRun run, String peer) {
    response.exceptionHandler(e -> lost(run, e, peer));
    int status = response.statusCode();
    if (status < 200 || status > 299) {
      run.failed(ReasonCode.HTTP_STATUS, "status " + status + " " + response.statusMessage());
      return;
    }
    run.stage("reading the answer of " + peer);
    AtomicLong bytes = new AtomicLong();
    response.handler(
        chunk -> {
          if (bytes.addAndGet(chunk.length()) >= ENOUGH_BYTES) {
            run.passed();
          }
        });
    response.endHandler(end -> run.passed());
  }

  private static void lost(ProbeRun run, Throwable failure, String peer) {
    boolean closed =
        failure instanceof HttpClosedException || failure instanceof StreamResetException;
    NetworkFailure.answer(
        run, failure, peer, closed ? ReasonCode.CONNECTION_CLOSED : ReasonCode.BAD_ANSWER);
  }
}
