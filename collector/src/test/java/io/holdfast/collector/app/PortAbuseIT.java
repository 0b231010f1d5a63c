package io.holdfast.collector.app;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.proto.v1.ApplyPlanRequest;
import io.holdfast.proto.v1.PlansGrpcClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Garbage, slow and oversized input on each port of a real collector with a heap of 160 MiB. After
 * each attack its connections are gone, and the honest were served throughout.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortAbuseIT {
  private static final String STATUS = "/holdfast.v1.Status/GetStatus";
  private static final String APPLY = "/holdfast.v1.Plans/ApplyPlan";
  private static final int MIB = 1 << 20;

  @TempDir static Path directory;
  private final Map<String, Attackers> attackers = new LinkedHashMap<>();
  private final Random random = new Random(7);
  private Siege siege;

  /** The ports of a collector. */
  enum Port {
    AGENTS,
    API,
    LEDGER;

    int of(CollectorProcess collector) {
      return switch (this) {
        case AGENTS -> collector.agentsPort;
        case API -> collector.apiPort;
        case LEDGER -> collector.ledgerPort;
      };
    }
  }

  @BeforeAll
  void begin() throws Exception {
    siege = new Siege(directory);
  }

  @AfterEach
  void allAttackersAreGoneAndTheHonestWereServed() throws Exception {
    try {
      siege.await(() -> "attackers to be gone: " + present(), () -> present().isEmpty());
    } finally {
      attackers.values().forEach(Attackers::close);
      attackers.clear();
    }
    siege.assertServedThroughout();
  }

  @AfterAll
  void end() throws Exception {
    assertThat(siege.liveBytes()).as("live bytes after all attacks").isLessThan(100L * MIB);
    assertThat(siege.collector.log().lines().count()).as("lines of the log").isLessThan(300);
    siege.close();
  }

  /** Attacks whose connections are not closed by the collector yet, with their number. */
  private Map<String, Integer> present() {
    return attackers.entrySet().stream()
        .filter(attack -> attack.getValue().present() > 0)
        .collect(toMap(Map.Entry::getKey, attack -> attack.getValue().present()));
  }

  @Test
  void closesWhatIsSlowOnEveryPort() throws Exception {
    Buffer halfARecord = Buffer.buffer(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
    for (Port port : Port.values()) {
      attack("no handshake on " + port, plain(port), 200, socket -> {});
      attack("half a record on " + port, plain(port), 200, socket -> socket.write(halfARecord));
      attack("nothing after TLS on " + port, member(port), 4, socket -> {});
    }
    attack(
        "a trickle of headers",
        anonymous("http/1.1"),
        20,
        socket -> {
          socket.write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
          long drip = siege.attackers.setPeriodic(1_000, id -> socket.write("x"));
          socket.endHandler(v -> siege.attackers.cancelTimer(drip));
        });
    attack("uploads of strangers", anonymous("h2"), 30, PortAbuseIT::uploadForEver);
    attack(
        "uploads of viewers",
        certified(Port.API, "h2", "operators/viewer"),
        30,
        PortAbuseIT::uploadForEver);
    attack(
        "uploads of admins",
        certified(Port.API, "h2", "operators/admin"),
        20,
        PortAbuseIT::uploadForEver);
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void closesWhatSpeaksGarbageOrFloods(Port port) throws Exception {
    attack("garbage", plain(port), 200, socket -> socket.write(garbage(4_096)));
    attack("garbage inside TLS", member(port), 20, socket -> socket.write(garbage(8_192)));
    Buffer resets = Frames.hello();
    Buffer pings = Frames.hello();
    Buffer settings = Frames.hello();
    for (int i = 0; i < 10_000; i++) {
      int stream = 2 * i + 1;
      resets.appendBuffer(Frames.call(stream, STATUS));
      resets.appendBuffer(Frames.frame(Frames.RST_STREAM, 0, stream, Buffer.buffer().appendInt(8)));
      pings.appendBuffer(Frames.frame(Frames.PING, 0, 0, Buffer.buffer().appendLong(i)));
      settings.appendBuffer(Frames.frame(Frames.SETTINGS, 0, 0, Buffer.buffer()));
    }
    attack("calls that are reset at once", member(port), 2, socket -> socket.write(resets));
    attack("pings", member(port), 2, socket -> socket.write(pings));
    attack("settings", member(port), 2, socket -> socket.write(settings));
    Buffer headers = Frames.hello();
    headers.appendBuffer(Frames.frame(Frames.HEADERS, 0, 1, Frames.callHeaders(STATUS)));
    for (int i = 0; i < 200; i++) {
      Buffer header = Frames.header(Buffer.buffer(), "x-" + i, "x".repeat(1_000));
      headers.appendBuffer(Frames.frame(Frames.CONTINUATION, 0, 1, header));
    }
    attack("headers without end", member(port), 4, socket -> socket.write(headers));
  }

  @Test
  void refusesOddRequestsOfHttp1() throws Exception {
    String endless = "GET / HTTP/1.1\r\nX: " + "x".repeat(100_000);
    attack("endless headers", anonymous("http/1.1"), 20, socket -> socket.write(endless));
    String line = "GET /" + "a".repeat(100_000);
    attack("an endless line", anonymous("http/1.1"), 20, socket -> socket.write(line));
  }

  /** Each stream promises one mebibyte and brings all of it but the end. */
  private static void uploadForEver(NetSocket socket) {
    int streams = 32;
    socket.write(Frames.hello());
    Buffer chunk = Buffer.buffer(new byte[1_000]);
    for (int n = 0; n < streams; n++) {
      int stream = 2 * n + 1;
      socket.write(Frames.call(stream, APPLY));
      socket.write(
          Frames.frame(Frames.DATA, 0, stream, Frames.message(false, MIB, Buffer.buffer())));
      for (int i = 0; i < 60 / streams + 1; i++) {
        socket.write(Frames.frame(Frames.DATA, 0, stream, chunk));
      }
    }
  }

  @Test
  void doesNotUnpackCompressedMessages() throws Exception {
    Buffer bomb = Buffer.buffer(gzip(new byte[512 * MIB]));
    assertThat(bomb.length()).isLessThan(MIB);
    GrpcClient client = GrpcClient.client(siege.vertx, siege.collector.operator());
    List<Future<GrpcStatus>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(compressedCall(client, bomb));
    }
    for (Future<GrpcStatus> call : calls) {
      assertThatThrownBy(() -> call.await(60, TimeUnit.SECONDS))
          .hasMessageContaining(GrpcStatus.UNIMPLEMENTED.name());
    }
    client.close().await();
  }

  private Future<GrpcStatus> compressedCall(GrpcClient client, Buffer bomb) {
    return client
        .request(siege.collector.address())
        .compose(
            request -> {
              request.fullMethodName("holdfast.v1.Plans/ApplyPlan").encoding("gzip");
              request.endMessage(
                  io.vertx.grpc.common.GrpcMessage.message(
                      "gzip", io.vertx.grpc.common.WireFormat.PROTOBUF, bomb));
              return request.response();
            })
        .compose(response -> response.end().map(v -> response.status()));
  }

  @Test
  void readsNoMessageThatIsMarkedAsCompressedWithoutSayingHow() throws Exception {
    Buffer flood = Frames.hello().appendBuffer(Frames.call(1, STATUS));
    Buffer chunk = Frames.message(true, 16, Buffer.buffer(new byte[16]));
    for (int n = 0; n < 2_000; n++) {
      flood.appendBuffer(Frames.frame(Frames.DATA, 0, 1, chunk));
    }
    attack("marked as compressed", anonymous("h2"), 4, socket -> socket.write(flood));
  }

  @Test
  void answersPlansThatAreBombsWithTheirProblem() throws Exception {
    GrpcClient client = GrpcClient.client(siege.vertx, siege.collector.operator());
    PlansGrpcClient plans = PlansGrpcClient.create(client, siege.collector.address());
    StringBuilder aliases = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String many = ("*a" + (i - 1) + ", ").repeat(10);
      aliases
          .append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [")
          .append(many)
          .append("]\n");
    }
    for (String bomb :
        List.of(
            aliases.toString(),
            "[".repeat(500_000),
            "a: ".repeat(300_000),
            "- ".repeat(400_000),
            "{a: ".repeat(200_000),
            "x: " + "9".repeat(900_000),
            "\u0000\uFFFE" + "x".repeat(1_000),
            "a: b\n".repeat(200_000),
            "a: [" + "x,".repeat(400_000) + "]")) {
      var answer =
          plans
              .applyPlan(ApplyPlanRequest.newBuilder().setText(bomb).setFileName("p").build())
              .await(60, TimeUnit.SECONDS);
      assertThat(answer.getProblemsCount()).as(bomb.substring(0, 9)).isBetween(1, 1_000);
    }
    client.close().await();
  }

  private void attack(String name, Attackers who, int count, Consumer<NetSocket> attack) {
    attackers.put(name, who);
    for (int i = 0; i < count; i++) {
      who.connect().onSuccess(attack::accept);
    }
  }

  /** The best that an attacker can show on that port. */
  private Attackers member(Port port) {
    return switch (port) {
      case AGENTS -> certified(port, "h2", "hosts/trade-b");
      case API -> anonymous("h2");
      case LEDGER -> certified(port, "h2", "ledger/collector-1");
    };
  }

  private Attackers plain(Port port) {
    return Attackers.plain(siege.attackers, port.of(siege.collector), Attackers.ADDRESS);
  }

  private Attackers certified(Port port, String protocol, String certificate) {
    return Attackers.certified(
        siege.collector, siege.attackers, port.of(siege.collector), protocol, certificate);
  }

  private Attackers anonymous(String protocol) {
    return Attackers.anonymous(siege.attackers, siege.collector.apiPort, protocol);
  }

  private Buffer garbage(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
