package io.holdfast.collector.api;

import io.holdfast.collector.api.ApiServer.Surface;
import io.holdfast.collector.api.grpc.OperatorApi;
import io.holdfast.collector.api.web.Page;
import io.holdfast.collector.door.Doors;
import io.holdfast.collector.door.Room;
import io.holdfast.pki.DemoPki;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The API on a free port of loopback, with certificates of its own, over a world. */
public final class RunningApi implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /** What it shows to Prometheus. */
  public static final String METRICS = "holdfast_test 1\n";

  private final Doors doors = new Doors();
  public final Vertx vertx = Vertx.builder().withTransport(doors.transport()).build();
  private final Path pki;
  private final StatusSource status;
  private final World world;
  private final PlanSink plans;
  private final boolean anonymousViewer;
  private final List<Object> clients = new ArrayList<>();
  private ApiServer server;
  private String deployment;

  public RunningApi(
      Path directory, World world, StatusSource status, PlanSink plans, boolean anonymousViewer) {
    this.pki = directory.resolve("pki");
    this.world = world;
    this.status = status;
    this.plans = plans;
    this.anonymousViewer = anonymousViewer;
    DemoPki.create(pki, List.of("trade-a"), List.of("collector-1"), List.of(LOOPBACK, "localhost"));
    start(0);
  }

  /** Starts it anew on the port that it had. */
  public void startAgain() {
    start(server.port());
  }

  private void start(int port) {
    ApiSettings settings =
        new ApiSettings(
            LOOPBACK,
            port,
            pki.resolve("collectors/collector-1.crt"),
            pki.resolve("collectors/collector-1.key"),
            pki.resolve("ca.crt"));
    server = new ApiServer(settings, this::surface, doors, Room.ofThisProcess().operators(), world);
    deployment = await(vertx.deployVerticle(server));
  }

  private Surface surface(Vertx own) {
    Feeds feeds = Feeds.on(own, status, world);
    OperatorApi.Ports ports =
        new OperatorApi.Ports(
            status, world, world, plans, world, world, world, world::now, world::serving);
    Page.Sources pages =
        new Page.Sources(
            status,
            feeds.status(),
            world,
            () -> Future.succeededFuture(Buffer.buffer(METRICS)),
            world);
    return new Surface(
        OperatorApi.handler(own, ports, feeds),
        Page.handler(own, pages, () -> anonymousViewer),
        feeds);
  }

  public void stop() {
    await(vertx.undeploy(deployment));
  }

  public SocketAddress address() {
    return SocketAddress.inetSocketAddress(server.port(), LOOPBACK);
  }

  public String url(String path) {
    return "https://" + LOOPBACK + ":" + server.port() + path;
  }

  /** A file of the certificates made for this API, such as {@code operators/viewer.crt}. */
  public Path pki(String file) {
    return pki.resolve(file);
  }

  /** A client that shows the certificate of that name ({@code operators/viewer}); empty: none. */
  public HttpClientOptions client(String certificate, HttpVersion version) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setProtocolVersion(version)
            .setTrustOptions(new PemTrustOptions().addCertPath(pki.resolve("ca.crt").toString()));
    if (!certificate.isEmpty()) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertPath(pki.resolve(certificate + ".crt").toString())
              .addKeyPath(pki.resolve(certificate + ".key").toString()));
    }
    return options;
  }

  /** Holds on to a client: Vert.x closes the ones that are garbage. */
  public <T> T keep(T client) {
    clients.add(client);
    return client;
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new IllegalStateException("no answer in time", e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
