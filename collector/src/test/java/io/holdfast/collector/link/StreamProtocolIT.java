package io.holdfast.collector.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.holdfast.proto.agent.v1.AgentLinkGrpcClient;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.CollectorMessage;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventBatch;
import io.holdfast.proto.agent.v1.HealingFailed;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.Hello;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.agent.v1.PlanAck;
import io.holdfast.proto.agent.v1.Refusal;
import io.holdfast.proto.agent.v1.Refusal.Reason;
import io.holdfast.proto.agent.v1.VerdictChanged;
import io.holdfast.wire.EventMapping;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.common.impl.GrpcWriteStreamBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the collector's end does with messages that no agent of ours sends. */
class StreamProtocolIT {
  private static final String HOST = "trade-a";

  @TempDir Path directory;
  private Stage stage;
  private GrpcClient client;
  private int port;
  private GrpcClientRequest<AgentMessage, CollectorMessage> request;
  private final List<CollectorMessage> answers = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    stage = new Stage(directory);
    port =
        stage
            .server("collector-1", 0, Duration.ofMillis(500), Duration.ofMillis(1_500))
            .start()
            .await();
    client =
        GrpcClient.client(
            stage.vertx,
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertPath(stage.file(HOST + ".crt").toString())
                        .addKeyPath(stage.file(HOST + ".key").toString()))
                .setTrustOptions(
                    new PemTrustOptions().addCertPath(stage.file("ca.crt").toString())));
    request =
        client
            .request(
                SocketAddress.inetSocketAddress(port, Stage.LOOPBACK), AgentLinkGrpcClient.Connect)
            .await();
    request.response().onSuccess(response -> response.handler(answers::add));
  }

  @AfterEach
  void close() {
    client.close().await();
    stage.close();
  }

  @Test
  void aStreamWithoutHelloIsClosed() {
    ((GrpcWriteStreamBase<?, ?>) request).writeHead();
    assertRefused(Reason.REASON_BAD_MESSAGE, "no Hello within 500 ms");
  }

  @Test
  void aSilentStreamIsClosed() {
    send(hello());
    assertRefused(Reason.REASON_BAD_MESSAGE, "nothing came for");
    assertThat(stage.ledger.connections).containsExactly("+trade-a", "-trade-a");
  }

  @Test
  void anotherProtocolIsRefused() {
    send(AgentMessage.newBuilder().setHello(hello().getHello().toBuilder().setProtocol(9)).build());
    assertRefused(Reason.REASON_PROTOCOL, "protocol 9 is not spoken here");
  }

  @Test
  void aHelloOfAnotherHostIsRefused() {
    send(
        AgentMessage.newBuilder()
            .setHello(hello().getHello().toBuilder().setHost("trade-b"))
            .build());
    assertRefused(
        Reason.REASON_CERTIFICATE, "for host trade-a, and the agent says that it is trade-b");
  }

  @Test
  void aHelloWithoutASpoolIsRefused() {
    send(AgentMessage.newBuilder().setHello(hello().getHello().toBuilder().clearSpoolId()).build());
    assertRefused(Reason.REASON_BAD_MESSAGE, "no spool_id");
  }

  @Test
  void aHelloOfEndlessTextIsRefused() {
    send(
        AgentMessage.newBuilder()
            .setHello(hello().getHello().toBuilder().setBuild("x".repeat(129)))
            .build());
    assertRefused(Reason.REASON_BAD_MESSAGE, "build is longer");
  }

  @Test
  void eventsBeforeTheHelloAreRefused() {
    send(batch(1));
    assertRefused(Reason.REASON_BAD_MESSAGE, "before the stream is open");
    assertThat(stage.ledger.batches).hasValue(0);
  }

  @Test
  void aSecondHelloIsRefused() {
    openStream();
    send(hello());
    assertRefused(Reason.REASON_BAD_MESSAGE, "second Hello");
  }

  @Test
  void aBatchTooLargeIsRefusedWhole() {
    openStream();
    send(batch(257));
    assertRefused(Reason.REASON_BAD_MESSAGE, "257 events; allowed: 256");
    assertThat(stage.ledger.batches).hasValue(0);
  }

  @Test
  void anEventOfAnUnknownKindIsRefused() {
    openStream();
    send(
        AgentMessage.newBuilder()
            .setEvents(EventBatch.newBuilder().addEvents(Event.newBuilder().setSequence(1)))
            .build());
    assertRefused(Reason.REASON_BAD_MESSAGE, "event 1: its kind");
  }

  @Test
  void anEventThatIsTooLargeIsRefused() {
    openStream();
    send(event(failed("x".repeat(9_000))));
    assertRefused(Reason.REASON_BAD_MESSAGE, "event 1: 90");
    assertThat(stage.ledger.batches).hasValue(0);
  }

  @Test
  void aBatchThatIsTooHeavyIsRefused() {
    openStream();
    EventBatch.Builder batch = EventBatch.newBuilder();
    IntStream.rangeClosed(1, 100)
        .forEach(
            i ->
                batch.addEvents(
                    failed("x".repeat(8_000)).toBuilder().setSequence(i).setPrevious(i - 1)));
    send(AgentMessage.newBuilder().setEvents(batch).build());
    assertRefused(Reason.REASON_BAD_MESSAGE, "bytes in a batch; allowed: 655360");
    assertThat(stage.ledger.batches).hasValue(0);
  }

  @Test
  void tooManyReasonsOfAVerdictAreRefused() {
    openStream();
    VerdictChanged.Builder change = VerdictChanged.newBuilder().setService("api");
    IntStream.rangeClosed(1, 17).forEach(i -> change.addReasonsBuilder().setCode("TIMED_OUT"));
    send(event(Event.newBuilder().setSequence(1).setVerdictChanged(change).build()));
    assertRefused(Reason.REASON_BAD_MESSAGE, "event 1: 17 reasons; allowed: 8");
  }

  @Test
  void numbersThatNoAgentHasAreRefused() {
    openStream();
    send(
        event(
            Event.newBuilder()
                .setSequence(1)
                .setVerdictChanged(VerdictChanged.newBuilder().setSinceAgoMillis(Long.MAX_VALUE))
                .build()));
    assertRefused(Reason.REASON_BAD_MESSAGE, "event 1: since_ago_millis is 9223372036854775807");
  }

  @Test
  void aNegativeSequenceIsRefused() {
    openStream();
    send(event(failed("x").toBuilder().setSequence(-5).build()));
    assertRefused(Reason.REASON_BAD_MESSAGE, "event -5: sequence is -5");
  }

  @Test
  void aHeartbeatWithEndlessDisksIsRefused() {
    openStream();
    HostSample.Builder sample = HostSample.newBuilder();
    IntStream.rangeClosed(1, 257).forEach(i -> sample.addDisksBuilder().setName("sd" + i));
    send(AgentMessage.newBuilder().setHeartbeat(Heartbeat.newBuilder().setSample(sample)).build());
    assertRefused(Reason.REASON_BAD_MESSAGE, "257 disks in a heartbeat; allowed: 256");
    assertThat(stage.ledger.heartbeats).hasValue(1);
  }

  @Test
  void whatComesTooFastWaitsAndIsNotLost() {
    openStream();
    int heartbeats = 0;
    HostSample large = HostSample.newBuilder().addDisks(disk("x".repeat(500_000))).build();
    while (heartbeats++ < 35) {
      send(AgentMessage.newBuilder().setHeartbeat(Heartbeat.newBuilder().setSample(large)).build());
    }
    send(batch(3));
    Await.until(
        "the acknowledgement",
        () -> answers.stream().anyMatch(answer -> answer.getEventAck().getSequence() == 3));
    assertThat(stage.ledger.heartbeats).hasValue(36);
    assertThat(answers).noneMatch(CollectorMessage::hasRefusal);
  }

  @Test
  void bytesThatAreNoMessageAreRefused() {
    openStream();
    byte[] garbage = new byte[300];
    new Random(5).nextBytes(garbage);
    request.writeMessage(
        GrpcMessage.message("identity", WireFormat.PROTOBUF, Buffer.buffer(garbage)));
    assertRefused(Reason.REASON_BAD_MESSAGE, "cannot be read");
  }

  @Test
  void aMessageBeyondAMebibyteIsRefused() {
    openStream();
    send(
        AgentMessage.newBuilder()
            .setPlanAck(
                PlanAck.newBuilder().setPlanHashBytes(ByteString.copyFrom(new byte[1_100_000])))
            .build());
    assertRefused(Reason.REASON_BAD_MESSAGE, "larger than 1 MiB");
  }

  @Test
  void whatIsDeliveredTwiceIsRecordedOnce() {
    openStream();
    send(batch(10));
    send(batch(10));
    send(batch(20));
    Await.until(
        "the acknowledgement",
        () -> answers.stream().anyMatch(answer -> answer.getEventAck().getSequence() == 20));
    assertThat(stage.ledger.sequences(HOST, "spool-1")).hasSize(20);
  }

  @Test
  void aCollectorThatStopsTellsItsAgentsToTurnElsewhere() {
    openStream();
    stage.close();
    assertRefused(Reason.REASON_NOT_READY, "stopping");
    stage = new Stage(directory.resolve("again"));
  }

  private void openStream() {
    send(hello());
    Await.until("the welcome", () -> answers.stream().anyMatch(CollectorMessage::hasWelcome));
    send(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build());
  }

  private void send(AgentMessage message) {
    request.write(message);
  }

  private static AgentMessage hello() {
    return AgentMessage.newBuilder()
        .setHello(
            Hello.newBuilder()
                .setProtocol(1)
                .setBuild("raw")
                .setBootId("boot")
                .setSpoolId("spool-1")
                .setHost(HOST))
        .build();
  }

  private static AgentMessage event(Event event) {
    return AgentMessage.newBuilder().setEvents(EventBatch.newBuilder().addEvents(event)).build();
  }

  private static Event failed(String detail) {
    return Event.newBuilder()
        .setSequence(1)
        .setHealingFailed(HealingFailed.newBuilder().setTrigger("SERVICE_DOWN").setDetail(detail))
        .build();
  }

  private static HostSample.Disk disk(String name) {
    return HostSample.Disk.newBuilder().setName(name).build();
  }

  private static AgentMessage batch(int events) {
    return AgentMessage.newBuilder()
        .setEvents(
            EventBatch.newBuilder()
                .addAllEvents(
                    IntStream.rangeClosed(1, events)
                        .mapToObj(i -> EventMapping.toProto(MemorySpool.event(i, i - 1)))
                        .toList()))
        .build();
  }

  private void assertRefused(Reason reason, String because) {
    Await.until(
        () -> "a refusal, only " + answers,
        () -> answers.stream().anyMatch(CollectorMessage::hasRefusal));
    Refusal refusal =
        answers.stream().filter(CollectorMessage::hasRefusal).findFirst().get().getRefusal();
    assertThat(refusal.getReason()).isEqualTo(reason);
    assertThat(refusal.getMessage()).contains(because);
  }
}
