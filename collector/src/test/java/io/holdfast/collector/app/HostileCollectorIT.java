package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.store.PlanStore;
import io.holdfast.proto.agent.v1.AgentLinkGrpcService;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.Check;
import io.holdfast.proto.agent.v1.CollectorMessage;
import io.holdfast.proto.agent.v1.Event.EventCase;
import io.holdfast.proto.agent.v1.EventAck;
import io.holdfast.proto.agent.v1.HealingRule;
import io.holdfast.proto.agent.v1.HostPlan;
import io.holdfast.proto.agent.v1.Refusal;
import io.holdfast.proto.agent.v1.Service;
import io.holdfast.proto.agent.v1.Welcome;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real agent with the heap that it ships with, among collectors that mean it harm. */
class HostileCollectorIT {
  /** One of them: what it says once the agent has said its first word. */
  private interface Malice extends BiConsumer<String, GrpcServerResponse<?, CollectorMessage>> {}

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Awaiting awaiting = new Awaiting(vertx);
  private final List<AtomicInteger> visits = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private CollectorProcess honest;
  private AgentProcess agent;

  @BeforeEach
  void prepare() throws Exception {
    honest = new CollectorProcess(vertx, directory);
    garbage();
    hostile((spool, agent) -> send(agent, refusal("x\n".repeat(50_000))));
    hostile((spool, agent) -> floodOfNonsense(agent));
    hostile((spool, agent) -> bombs(agent));
    hostile((spool, agent) -> strangeAcknowledgements(spool, agent));
    hostile((spool, agent) -> agent.writeMessage(raw(new byte[3 << 20])));
    hostile((spool, agent) -> agent.writeMessage(raw(random(5_000))));
    hostile((spool, agent) -> {});
    ports.add(honest.agentsPort);
    agent = new AgentProcess(honest, "trade-a", "trade-a", ports, "{port: 0}");
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    honest.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void theAgentHealsKeepsItsPlanAndTurnsToAnHonestOne() throws Exception {
    new PlanStore(agent.state()).store(OneService.onDisk());
    byte[] plan = Files.readAllBytes(agent.state().resolve("plan.bin"));
    agent.start();
    awaiting.until("the engine", () -> agent.service() != 0);
    awaiting.until(
        "all of them to be visited", () -> visits.stream().allMatch(visit -> visit.get() > 0));
    long killed = agent.service();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    awaiting.until(
        "the engine to be healed", () -> agent.service() != 0 && agent.service() != killed);
    assertThat(Files.readAllBytes(agent.state().resolve("plan.bin"))).isEqualTo(plan);

    honest.start();
    honest.applyPlan(OneService.plan("1s"));
    awaiting.until(
        "the healing to be in the honest one's ledger",
        () ->
            honest.eventsAfter(0).stream()
                .anyMatch(event -> event.getEvent().getEventCase() == EventCase.HEALING_VERIFIED));
    assertThat(agent.isAlive()).isTrue();
    String log = agent.log();
    assertThat(log).contains("not taken").doesNotContain("OutOfMemory").doesNotContain("\tat ");
    assertThat(log.lines().count()).as(log).isLessThan(150);
    assertThat(log.lines().mapToInt(String::length).max().orElse(0)).isLessThan(1_000);
  }

  /** Speaks no TLS at all. */
  private void garbage() throws Exception {
    AtomicInteger visit = new AtomicInteger();
    visits.add(visit);
    ports.add(
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  visit.incrementAndGet();
                  socket.exceptionHandler(e -> {});
                  socket.write(Buffer.buffer(random(100_000)));
                })
            .listen(0, CollectorProcess.LOOPBACK)
            .await(10, TimeUnit.SECONDS)
            .actualPort());
  }

  /** Has the certificate of a collector. */
  private void hostile(Malice malice) throws Exception {
    AtomicInteger visit = new AtomicInteger();
    visits.add(visit);
    GrpcServer grpc = GrpcServer.server(vertx);
    grpc.callHandler(AgentLinkGrpcService.Connect, call -> welcome(call, visit, malice));
    Path pki = honest.pki.resolve("collectors");
    ports.add(
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertPath(pki.resolve("collector-1.crt").toString())
                            .addKeyPath(pki.resolve("collector-1.key").toString())))
            .requestHandler(grpc)
            .listen(0, CollectorProcess.LOOPBACK)
            .await(10, TimeUnit.SECONDS)
            .actualPort());
  }

  private static void welcome(
      GrpcServerRequest<AgentMessage, CollectorMessage> call, AtomicInteger visit, Malice malice) {
    call.exceptionHandler(e -> {});
    call.response().exceptionHandler(e -> {});
    call.handler(
        message -> {
          if (message.hasHello()) {
            visit.incrementAndGet();
            malice.accept(message.getHello().getSpoolId(), call.response());
          }
        });
  }

  private static void send(
      GrpcServerResponse<?, CollectorMessage> agent, CollectorMessage.Builder message) {
    agent.write(message.build());
  }

  private static void open(GrpcServerResponse<?, CollectorMessage> agent) {
    send(
        agent,
        CollectorMessage.newBuilder()
            .setWelcome(Welcome.newBuilder().setProtocol(1).setCollector("x".repeat(100_000))));
  }

  private static CollectorMessage.Builder refusal(String why) {
    return CollectorMessage.newBuilder()
        .setRefusal(
            Refusal.newBuilder().setReason(Refusal.Reason.REASON_NOT_READY).setMessage(why));
  }

  private static void floodOfNonsense(GrpcServerResponse<?, CollectorMessage> agent) {
    open(agent);
    for (int i = 0; i < 5_000; i++) {
      long span = i % 3 == 0 ? 0 : i % 3 == 1 ? Long.MIN_VALUE : Long.MAX_VALUE;
      Check check =
          Check.newBuilder().setName("tcp").setIntervalMillis(span).setTimeoutMillis(span).build();
      send(
          agent,
          plan(i).addServices(Service.newBuilder().setName("engine\n" + i).addChecks(check)));
      send(agent, plan(i).addServices(Service.newBuilder().setName("engine").addChecks(check)));
    }
  }

  /** Few bytes that become many objects, and much text. */
  private static void bombs(GrpcServerResponse<?, CollectorMessage> agent) {
    open(agent);
    HostPlan.Builder services = plan(0);
    HostPlan.Builder rules = plan(1);
    for (int i = 0; i < 120_000; i++) {
      services.addServices(Service.getDefaultInstance());
      rules.addHealing(HealingRule.getDefaultInstance());
    }
    for (int i = 0; i < 10; i++) {
      send(agent, services);
      send(agent, rules);
      send(agent, plan(i).setSystem("x".repeat(200_000)));
      send(agent, plan(i).setSystem("x".repeat(900_000)));
    }
    agent.end();
  }

  private static void strangeAcknowledgements(
      String spool, GrpcServerResponse<?, CollectorMessage> agent) {
    open(agent);
    for (long sequence : List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 7_000_000_000L)) {
      send(
          agent,
          CollectorMessage.newBuilder()
              .setEventAck(EventAck.newBuilder().setSpoolId(spool).setSequence(sequence)));
    }
  }

  private static HostPlan.Builder plan(int number) {
    return HostPlan.newBuilder().setPlanHash("sha256:" + number).setHost("trade-a");
  }

  private static void send(GrpcServerResponse<?, CollectorMessage> agent, HostPlan.Builder plan) {
    send(agent, CollectorMessage.newBuilder().setHostPlan(plan));
  }

  private static GrpcMessage raw(byte[] bytes) {
    return GrpcMessage.message("identity", WireFormat.PROTOBUF, Buffer.buffer(bytes));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
