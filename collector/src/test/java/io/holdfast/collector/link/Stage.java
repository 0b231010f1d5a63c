package io.holdfast.collector.link;

import io.holdfast.agent.link.AgentFacts;
import io.holdfast.agent.link.AgentLink;
import io.holdfast.agent.link.CollectorAddress;
import io.holdfast.agent.link.EventSource;
import io.holdfast.agent.link.HeartbeatContent;
import io.holdfast.agent.link.LinkFailure;
import io.holdfast.agent.link.LinkListener;
import io.holdfast.agent.link.LinkSettings;
import io.holdfast.agent.link.LinkTimings;
import io.holdfast.agent.link.TlsFiles;
import io.holdfast.collector.door.Doors;
import io.holdfast.collector.door.Room;
import io.holdfast.collector.door.Visas;
import io.holdfast.core.Moment;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.pki.CertificateAuthority;
import io.holdfast.pki.CertificateRequest;
import io.holdfast.pki.Validity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Certificates, a collector's end and agents' ends in one process, with real TLS between them. */
final class Stage implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";

  /** As an agent's, only quicker. */
  static final LinkTimings QUICK =
      new LinkTimings(
          Duration.ofMillis(50),
          Duration.ofMillis(700),
          Duration.ofSeconds(4),
          Duration.ofSeconds(1),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMillis(100));

  private final Doors doors = new Doors();
  final Vertx vertx = Vertx.builder().withTransport(doors.transport()).build();
  final MemoryLedger ledger = new MemoryLedger(vertx);
  final CertificateAuthority authority = CertificateAuthority.create("test CA", Validity.days(1));

  /** What the next collector thinks of certificates that TLS accepted. */
  Visas visas = Visas.ALL;

  private final Path directory;
  private final List<AgentLink> links = new ArrayList<>();
  private final List<AgentLinkServer> servers = new ArrayList<>();

  Stage(Path directory) {
    this.directory = directory;
    authority.writeTo(directory, "ca");
    issue("collector-1", CertificateRequest.collector("collector-1", List.of(LOOPBACK)));
    issue("trade-a", CertificateRequest.host("trade-a"));
  }

  void issue(String file, CertificateRequest request) {
    issue(authority, file, request);
  }

  void issue(CertificateAuthority by, String file, CertificateRequest request) {
    by.issue(request).writeTo(directory, file);
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  TlsFiles tls(String file) {
    return new TlsFiles(file(file + ".crt"), file(file + ".key"), file("ca.crt"));
  }

  AgentLinkServer server(String certificate, int port, Duration hello, Duration silence) {
    AgentLinkServer server =
        new AgentLinkServer(
            vertx,
            new LinkServerSettings(
                certificate,
                LOOPBACK,
                port,
                file(certificate + ".crt"),
                file(certificate + ".key"),
                file("ca.crt"),
                hello,
                silence,
                visas),
            ledger,
            doors.with(vertx, Room.ofThisProcess().agents(), visas));
    servers.add(server);
    return server;
  }

  AgentLinkServer server(int port) {
    return server("collector-1", port, Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  /** Starts a collector's end; its port. */
  int collector() {
    return server(0).start().await();
  }

  /** Starts an agent's end that connects to these ports in turn. */
  Agent agent(String host, TlsFiles tls, EventSource spool, int... ports) {
    Agent agent = new Agent();
    List<CollectorAddress> collectors =
        Arrays.stream(ports).mapToObj(port -> new CollectorAddress(LOOPBACK, port)).toList();
    agent.link =
        new AgentLink(
            vertx,
            new LinkSettings(host, "test", "boot", collectors, tls, QUICK),
            spool,
            agent,
            agent);
    links.add(agent.link);
    agent.link.start();
    return agent;
  }

  @Override
  public void close() {
    links.forEach(link -> link.stop().await());
    servers.forEach(server -> server.stop().await());
    vertx.close().await();
  }

  /** What an agent's link told and asked. */
  static final class Agent implements AgentFacts, LinkListener {
    AgentLink link;
    final List<String> connections = new CopyOnWriteArrayList<>();
    final List<LinkFailure> failures = new CopyOnWriteArrayList<>();
    volatile Optional<HostPlan> plan = Optional.empty();

    /** Waits for a failure of this kind. */
    LinkFailure failure(LinkFailure.Kind kind) {
      Await.until(
          () -> "a failure " + kind + ", only " + failures,
          () -> failures.stream().anyMatch(failure -> failure.kind() == kind));
      return failures.stream().filter(failure -> failure.kind() == kind).findFirst().get();
    }

    void awaitConnections(int count) {
      Await.until(
          () -> count + " connections; failures " + failures, () -> connections.size() >= count);
    }

    @Override
    public Moment now() {
      return new Moment(1, 1);
    }

    @Override
    public HeartbeatContent heartbeat() {
      return new HeartbeatContent(new Moment(1, 1), Optional.empty(), List.of());
    }

    @Override
    public String planHash() {
      return plan.map(HostPlan::planHash).orElse("");
    }

    @Override
    public Future<Void> planReceived(HostPlan received) {
      plan = Optional.of(received);
      return Future.succeededFuture();
    }

    @Override
    public void connected(String collector) {
      connections.add(collector);
    }

    @Override
    public void disconnected(LinkFailure failure) {
      failures.add(failure);
    }

    @Override
    public void attemptFailed(LinkFailure failure) {
      failures.add(failure);
    }
  }
}
