package io.holdfast.collector.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.link.AgentLink;
import io.holdfast.agent.link.EventSource;
import io.holdfast.agent.link.LinkFailure.Kind;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.trust.Rejection;
import io.holdfast.pki.CertificateAuthority;
import io.holdfast.pki.CertificateRequest;
import io.holdfast.pki.Validity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkIT {
  private static final String HOST = "trade-a";
  private static final HostPlan PLAN = new HostPlan("sha256:1", HOST, "t", List.of(), List.of());

  @TempDir Path directory;
  private Stage stage;
  private final MemorySpool spool = new MemorySpool("spool-1");

  @BeforeEach
  void open() {
    stage = new Stage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void bringsEventsHeartbeatsAndThePlan() {
    stage.ledger.plan = Optional.of(PLAN);
    spool.add(3_000);
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, stage.collector());

    awaitEverythingAcknowledged();
    Await.until("heartbeats", () -> stage.ledger.heartbeats.get() > 3);
    Await.until(
        "the plan's acknowledgement", () -> "sha256:1".equals(stage.ledger.planOf.get(HOST)));
    assertThat(agent.plan).contains(PLAN);
    spool.add(1);
    agent.link.poke();
    awaitEverythingAcknowledged();
    assertExactlyOnceInOrder();
  }

  @Test
  void sendsAPlanThatComesIntoForceLaterAndNotTheOneThatTheAgentHas() {
    AgentLinkServer server = stage.server(0);
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, server.start().await());
    Await.until("the connection", () -> server.connectedHosts().contains(HOST));
    assertThat(agent.plan).isEmpty();
    server.send(HOST, PLAN);
    Await.until("the plan", () -> agent.plan.isPresent());
  }

  @Test
  void resumesAfterEachRestartOfTheCollectorWithoutLossOrDuplicates() {
    AgentLinkServer server = stage.server(0);
    int port = server.start().await();
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, port);
    for (int restart = 1; restart <= 5; restart++) {
      agent.awaitConnections(restart);
      spool.add(700);
      agent.link.poke();
      server.stop().await();
      spool.add(50);
      server = stage.server(port);
      server.start().await();
    }
    awaitEverythingAcknowledged();
    assertExactlyOnceInOrder();
  }

  @Test
  void opensItsStreamAnewWhenTheSpoolBeganAnew() {
    AtomicReference<MemorySpool> current = new AtomicReference<>(spool);
    EventSource source =
        new EventSource() {
          @Override
          public String spoolId() {
            return current.get().spoolId();
          }

          @Override
          public List<SpooledEvent> after(long sequence, int max) {
            return current.get().after(sequence, max);
          }

          @Override
          public void acknowledged(long sequence) {
            current.get().acknowledged(sequence);
          }
        };
    spool.add(10);
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), source, stage.collector());
    awaitEverythingAcknowledged();
    MemorySpool fresh = new MemorySpool("spool-begun-anew");
    fresh.add(5);
    current.set(fresh);
    agent.link.poke();
    Await.until("the new spool's events", () -> fresh.acknowledgedUpTo() == 5);
  }

  @Test
  void leavesTheTimersOfOthersAloneWhenAnAttemptFails() {
    // The first timer of a Vert.x has the id 0, as a field has that was never set.
    AtomicInteger ticks = new AtomicInteger();
    stage.vertx.setPeriodic(10, id -> ticks.incrementAndGet());
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, 1);
    agent.failure(Kind.CONNECTION_REFUSED);
    agent.failures.clear();
    agent.failure(Kind.CONNECTION_REFUSED);
    int before = ticks.get();
    Await.until("the timer to go on", () -> ticks.get() > before + 3);
  }

  @Test
  void losesNothingOnAWireThatIsCutAgainAndAgain() {
    Relay relay = new Relay(stage.vertx);
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, relay.start(stage.collector()));
    Random random = new Random(7);
    for (int cut = 1; cut <= 15; cut++) {
      agent.awaitConnections(cut);
      spool.add(500);
      agent.link.poke();
      long target = spool.last() - random.nextInt(500);
      Await.until("progress", () -> spool.acknowledgedUpTo() >= target);
      spool.add(400);
      agent.link.poke();
      relay.cut();
    }
    awaitEverythingAcknowledged();
    assertExactlyOnceInOrder();
    relay.stop();
  }

  @Test
  void leavesAConnectionOnWhichNothingComesAnyMore() {
    Relay relay = new Relay(stage.vertx);
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, relay.start(stage.collector()));
    agent.awaitConnections(1);
    relay.freeze();
    agent.failure(Kind.SILENT);
    spool.add(10);
    relay.thaw();
    agent.awaitConnections(2);
    awaitEverythingAcknowledged();
    assertExactlyOnceInOrder();
    relay.stop();
  }

  @Test
  void turnsToTheNextCollectorWhenOneIsNotThere() throws Exception {
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, unusedPort(), stage.collector());
    agent.awaitConnections(1);
    assertThat(agent.failure(Kind.CONNECTION_REFUSED).message()).contains("refused");
  }

  @Test
  void triesOnWhileTheCollectorIsNotReady() {
    stage.ledger.ready = false;
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, stage.collector());
    assertThat(agent.failure(Kind.NOT_READY).message()).contains("does not lead");
    stage.ledger.ready = true;
    agent.awaitConnections(1);
  }

  @Test
  void aNewerStreamOfTheSameHostReplacesTheOlder() {
    int port = stage.collector();
    Stage.Agent older = stage.agent(HOST, stage.tls(HOST), spool, port);
    older.awaitConnections(1);
    stage.agent(HOST, stage.tls(HOST), new MemorySpool("spool-2"), port);
    assertThat(older.failure(Kind.REPLACED).message()).contains("newer stream");
    assertThat(stage.ledger.connections).startsWith("+trade-a", "-trade-a", "+trade-a");
  }

  @Test
  void readsNoMoreThanTheLedgerTakes() {
    stage.ledger.commits = false;
    spool.add(10_000);
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, stage.collector());
    Await.until("four batches", () -> stage.ledger.batches.get() == 4);
    // The link stays up, and nothing is acknowledged or asked of the ledger again.
    stage.ledger.heartbeats.set(0);
    agent.link.poke();
    assertThat(stage.ledger.batches.get()).isEqualTo(4);
    assertThat(spool.acknowledgedUpTo()).isZero();
    assertThat(agent.failures).isEmpty();
  }

  @Test
  void toldOfAGapTheAgentOpensItsStreamAnew() {
    spool.add(10);
    spool.acknowledged(5);
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, stage.collector());
    assertThat(agent.failure(Kind.GAP).message()).contains("event 6 does not follow 0");
    agent.awaitConnections(2);
  }

  @Test
  void aPortInUseFailsWithItsAddress() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AgentLinkServer server = stage.server(taken.getLocalPort());
      assertThatThrownBy(() -> server.start().await())
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("another process has the port");
    }
  }

  @Test
  void garbageOnThePortDisturbsNobody() throws Exception {
    int port = stage.collector();
    Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, port);
    agent.awaitConnections(1);
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      byte[] garbage = new byte[2_000];
      random.nextBytes(garbage);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write(garbage);
      }
    }
    spool.add(100);
    agent.link.poke();
    awaitEverythingAcknowledged();
    assertThat(agent.failures).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() {
    stage.issue("lonely", CertificateRequest.host("lonely"));
    stage.file("lonely.key").toFile().delete();
    Stage.Agent agent = stage.agent("lonely", stage.tls("lonely"), spool, stage.collector());
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).message())
        .contains("tls.key")
        .contains("lonely.key");
  }

  @Test
  void saysWhatIsWrongOnceAndNotAtEachAttempt() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(AgentLink.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            said.add(logged.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      Stage.Agent agent = stage.agent(HOST, stage.tls(HOST), spool, unusedPort());
      Await.until("five attempts", () -> agent.failures.size() >= 5);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("no collector listens there");
  }

  static int unusedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitEverythingAcknowledged() {
    Await.until(
        () -> "acknowledged " + spool.acknowledgedUpTo() + " of " + spool.last(),
        () -> spool.acknowledgedUpTo() == spool.last());
  }

  private void assertExactlyOnceInOrder() {
    assertThat(stage.ledger.sequences(HOST, "spool-1"))
        .isEqualTo(LongStream.rangeClosed(1, spool.last()).boxed().toList());
  }

  @Test
  void aStreamWhoseCertificateEndsUnrenewedIsEndedWithTheReason() {
    stage.visas =
        certificate ->
            stage.ledger.heartbeats.get() > 0
                ? Optional.of(new Rejection(Rejection.Kind.EXPIRED, certificate + " expired"))
                : Optional.empty();
    Stage.Agent agent =
        stage.agent("trade-a", stage.tls("trade-a"), new MemorySpool("s"), stage.collector());
    assertThat(agent.failure(Kind.CERTIFICATE_REFUSED).message())
        .contains("REASON_CERTIFICATE_EXPIRED", "expired and was not renewed in time");
  }

  @Test
  void newCertificatesOfTheCollectorAreReadWithoutAnEndOfStreams() throws Exception {
    AgentLinkServer server = stage.server(0);
    int port = server.start().await();
    Stage.Agent agent = stage.agent("trade-a", stage.tls("trade-a"), new MemorySpool("s"), port);
    agent.awaitConnections(1);
    Files.delete(stage.file("collector-1.crt"));
    Files.delete(stage.file("collector-1.key"));
    CertificateAuthority next = CertificateAuthority.create("next CA", Validity.days(1));
    stage.issue(
        next, "collector-1", CertificateRequest.collector("collector-1", List.of(Stage.LOOPBACK)));
    server.reload().await();
    stage.issue("trade-b", CertificateRequest.host("trade-b"));
    Stage.Agent second = stage.agent("trade-b", stage.tls("trade-b"), new MemorySpool("t"), port);
    second.failure(Kind.COLLECTOR_CERTIFICATE_OF_ANOTHER_CA);
    assertThat(agent.connections).hasSize(1);
    assertThat(agent.failures).isEmpty();
  }
}
