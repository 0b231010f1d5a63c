package io.holdfast.collector.app;

import io.holdfast.pki.DemoPki;
import io.holdfast.proto.v1.ApplyPlanRequest;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.EventsGrpcClient;
import io.holdfast.proto.v1.GetHistoryRequest;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.History;
import io.holdfast.proto.v1.ListEventsRequest;
import io.holdfast.proto.v1.ListEventsResponse;
import io.holdfast.proto.v1.PlansGrpcClient;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.StatusGrpcClient;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A real collector in a process of its own, to be killed and started again. */
final class CollectorProcess implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";
  private static final long ANSWER_BYTES = 8L << 20;

  final Path pki;
  final int agentsPort;
  final int apiPort = freePort();
  final int ledgerPort = freePort();
  private final Path directory;
  private final Path config;
  private final Vertx vertx;
  private GrpcClient client;
  private Process process;

  CollectorProcess(Vertx vertx, Path directory) throws IOException {
    this(vertx, directory, freePort());
    DemoPki.create(pki, List.of("trade-a", "trade-b"), List.of("collector-1"), List.of(LOOPBACK));
  }

  private CollectorProcess(Vertx vertx, Path directory, int agentsPort) throws IOException {
    this.vertx = vertx;
    this.directory = directory;
    this.agentsPort = agentsPort;
    this.pki = directory.resolve("pki");
    this.config = Files.createDirectories(directory).resolve("collector.yaml");
    Files.writeString(config, yaml(agentsPort, apiPort, ledgerPort));
  }

  /** Another collector with the same certificates and a directory of its own. */
  CollectorProcess sibling(String name, int agents) throws IOException {
    CollectorProcess other = new CollectorProcess(vertx, directory.resolve(name), agents);
    Files.createSymbolicLink(other.pki, pki);
    return other;
  }

  private static String yaml(int agents, int api, int ledger) {
    return """
    name: collector-1
    agents: {address: 127.0.0.1, port: %d}
    api: {address: 127.0.0.1, port: %d}
    ledger:
      address: 127.0.0.1
      port: %d
      tls: {certificate: pki/ledger/collector-1.crt, key: pki/ledger/collector-1.key,
            ca: pki/ledger-ca.crt}
    tls: {certificate: pki/collectors/collector-1.crt, key: pki/collectors/collector-1.key,
          ca: pki/ca.crt}
    dashboard: {anonymous_viewer: true}
    state_directory: state
    run_directory: run
    """
        .formatted(agents, api, ledger);
  }

  /** Its configuration. */
  Path config() {
    return config;
  }

  /** Sends it this signal. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Address of the page. */
  String url() {
    return "https://" + LOOPBACK + ":" + apiPort + "/";
  }

  Path ledgerDirectory() {
    return directory.resolve("state/ledger");
  }

  void start() throws IOException {
    start("-Xmx256m");
  }

  /** Starts it with that option for its heap. */
  void start(String heap) throws IOException {
    start(heap, Map.of(), ownLog());
  }

  /** With these variables besides those of this process. */
  void start(Map<String, String> environment) throws IOException {
    start(environment, ownLog());
  }

  /** With its log going there. */
  void start(Map<String, String> environment, ProcessBuilder.Redirect log) throws IOException {
    start("-Xmx256m", environment, log);
  }

  private ProcessBuilder.Redirect ownLog() {
    return ProcessBuilder.Redirect.appendTo(file("collector.log").toFile());
  }

  private void start(String heap, Map<String, String> environment, ProcessBuilder.Redirect log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.holdfast.collector.app.CollectorMain",
            config.toString());
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code, or a failure when it goes on. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the collector goes on");
    }
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(file("collector.log"));
  }

  /** Events of the ledger after that position, as soon as the collector answers. */
  List<RecordedEvent> eventsAfter(long position) throws Exception {
    List<RecordedEvent> events = new ArrayList<>();
    long after = position;
    while (true) {
      ListEventsResponse page = page(after);
      events.addAll(page.getEventsList());
      if (page.getEventsCount() < 1_000) {
        return events;
      }
      after = page.getEvents(page.getEventsCount() - 1).getPosition();
    }
  }

  /** What led to the present, as soon as the collector answers. */
  History history() throws Exception {
    GetHistoryRequest all = GetHistoryRequest.getDefaultInstance();
    return answered(() -> StatusGrpcClient.create(client(), address()).getHistory(all));
  }

  /** Puts the plan in force, as soon as the collector answers. */
  void applyPlan(String text) throws Exception {
    ApplyPlanRequest request =
        ApplyPlanRequest.newBuilder().setText(text).setFileName("plan.yaml").build();
    ApplyPlanResponse response =
        answered(() -> PlansGrpcClient.create(client(), address()).applyPlan(request));
    if (response.getProblemsCount() > 0) {
      throw new AssertionError(response);
    }
  }

  /** The system as operators see it, as soon as the collector answers. */
  SystemStatus status() throws Exception {
    return answered(
        () ->
            StatusGrpcClient.create(client(), address())
                .getStatus(GetStatusRequest.getDefaultInstance()));
  }

  long pid() {
    return process.pid();
  }

  /** One call over a connection of its own. */
  Future<SystemStatus> freshStatus() {
    GrpcClient fresh = operatorsClient();
    return StatusGrpcClient.create(fresh, address())
        .getStatus(GetStatusRequest.getDefaultInstance())
        .eventually(fresh::close);
  }

  private ListEventsResponse page(long after) throws Exception {
    ListEventsRequest request =
        ListEventsRequest.newBuilder().setAfter(after).setLimit(1_000).build();
    return answered(() -> EventsGrpcClient.create(client(), address()).listEvents(request));
  }

  SocketAddress address() {
    return SocketAddress.inetSocketAddress(apiPort, LOOPBACK);
  }

  private <T> T answered(Supplier<Future<T>> call) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        return call.get().await(10, TimeUnit.SECONDS);
      } catch (Exception e) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw new AssertionError("the collector does not answer: " + e + "\n" + log(), e);
        }
        awaitMoment();
      }
    }
  }

  /** The next try is made a moment later. */
  private void awaitMoment() throws Exception {
    vertx.timer(100, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
  }

  /** Made on first use: the certificates come after this object. */
  private GrpcClient client() {
    if (client == null) {
      client = operatorsClient();
    }
    return client;
  }

  private GrpcClient operatorsClient() {
    return GrpcClient.client(
        vertx, new GrpcClientOptions().setMaxMessageSize(ANSWER_BYTES), operator());
  }

  /** A client that shows an operator's certificate. */
  HttpClientOptions operator() {
    return new HttpClientOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(pki.resolve("ca.crt").toString()))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(pki.resolve("operators/operator.crt").toString())
                .addKeyPath(pki.resolve("operators/operator.key").toString()));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    if (process != null) {
      kill();
    }
  }
}
