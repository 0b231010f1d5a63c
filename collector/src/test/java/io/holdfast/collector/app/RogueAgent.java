package io.holdfast.collector.app;

import io.holdfast.proto.agent.v1.AgentLinkGrpcClient;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.CollectorMessage;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventBatch;
import io.holdfast.proto.agent.v1.Hello;
import io.holdfast.proto.agent.v1.Refusal;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.agent.v1.VerdictChanged;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Has trade-b's certificate and sends whatever it likes. */
final class RogueAgent implements AutoCloseable {
  private static final int EVENTS_PER_BATCH = 160;
  private static final int REASONS = 7;
  private static final String DETAIL = "x".repeat(500);

  private final GrpcClient client;
  private final GrpcClientRequest<AgentMessage, CollectorMessage> request;
  private final List<CollectorMessage> answers = new CopyOnWriteArrayList<>();
  private final Vertx vertx;
  private volatile boolean flooding;
  private long sequence;

  RogueAgent(Siege siege, CollectorProcess collector) throws Exception {
    this.vertx = siege.attackers;
    this.client =
        GrpcClient.client(
            vertx,
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertPath(collector.pki.resolve("hosts/trade-b.crt").toString())
                        .addKeyPath(collector.pki.resolve("hosts/trade-b.key").toString()))
                .setTrustOptions(
                    new PemTrustOptions().addCertPath(collector.pki.resolve("ca.crt").toString())));
    this.request =
        client
            .request(
                SocketAddress.inetSocketAddress(collector.agentsPort, CollectorProcess.LOOPBACK),
                AgentLinkGrpcClient.Connect)
            .await(10, TimeUnit.SECONDS);
    request.exceptionHandler(gone -> flooding = false);
    request.response().onSuccess(response -> response.handler(answers::add));
    send(
        AgentMessage.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setProtocol(1)
                    .setBuild("rogue")
                    .setBootId("boot")
                    .setSpoolId("rogue-spool")
                    .setHost("trade-b"))
            .build());
    siege.await("the rogue's welcome", () -> welcome().isPresent());
    sequence = welcome().orElseThrow().getWelcome().getLastSequence();
  }

  private Optional<CollectorMessage> welcome() {
    return answers.stream().filter(CollectorMessage::hasWelcome).findFirst();
  }

  void send(AgentMessage message) {
    request.write(message);
  }

  Optional<Refusal> refusal() {
    return answers.stream()
        .filter(CollectorMessage::hasRefusal)
        .map(CollectorMessage::getRefusal)
        .findFirst();
  }

  /** The last event that the collector says to have. */
  long acknowledged() {
    return answers.stream().mapToLong(answer -> answer.getEventAck().getSequence()).max().orElse(0);
  }

  /** Sends events of almost the greatest size as fast as they are taken, until closed. */
  void flood(long events) {
    flooding = true;
    vertx.runOnContext(first -> floodOn(sequence + events));
  }

  private void floodOn(long end) {
    while (flooding && sequence < end) {
      if (request.writeQueueFull()) {
        request.drainHandler(drained -> floodOn(end));
        return;
      }
      EventBatch.Builder batch = EventBatch.newBuilder();
      for (int i = 0; i < EVENTS_PER_BATCH; i++) {
        batch.addEvents(flap(++sequence));
      }
      send(AgentMessage.newBuilder().setEvents(batch).build());
    }
  }

  /** Its own service is down, for many reasons, and up again. */
  private static Event flap(long sequence) {
    boolean down = sequence % 2 == 0;
    VerdictChanged.Builder change =
        VerdictChanged.newBuilder()
            .setService("engine")
            .setFrom(down ? Verdict.VERDICT_HEALTHY : Verdict.VERDICT_UNHEALTHY)
            .setTo(down ? Verdict.VERDICT_UNHEALTHY : Verdict.VERDICT_HEALTHY);
    for (int i = 0; i < REASONS; i++) {
      change.addReasonsBuilder().setCode("TIMED_OUT").setCheck("http").setDetail(DETAIL);
    }
    return Event.newBuilder()
        .setSequence(sequence)
        .setPrevious(sequence - 1)
        .setBootId("boot")
        .setBootMillis(sequence)
        .setVerdictChanged(change)
        .build();
  }

  @Override
  public void close() throws Exception {
    flooding = false;
    client.close().await(10, TimeUnit.SECONDS);
  }
}
