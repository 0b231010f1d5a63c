package io.holdfast.agent.observe.postgres;

import static io.holdfast.agent.testing.Eventually.eventually;
import static io.holdfast.agent.testing.Probing.LONG;
import static io.holdfast.agent.testing.Probing.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.observe.Probers;
import io.holdfast.agent.testing.OpenConnections;
import io.holdfast.agent.testing.Probing;
import io.holdfast.agent.testing.RealPostgres;
import io.holdfast.agent.testing.ScriptedServer;
import io.holdfast.agent.testing.TestProbers;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ProbeResult.Failed;
import io.holdfast.core.health.ProbeResult.Inconclusive;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Vertx;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against servers that are not PostgreSQL, or are hardly so. */
class PostgresProbeTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void refusedWhenNobodyListens() throws IOException {
    assertThat(failed(probe(RealPostgres.freePort(), LONG)))
        .isEqualTo(ReasonCode.CONNECTION_REFUSED);
  }

  @Test
  void aNameThatDoesNotExistIsNotResolved() {
    ProbeResult result = probe(connection("no-such-host.invalid", 5432, () -> "x"), LONG);
    assertThat(failed(result)).isEqualTo(ReasonCode.NAME_NOT_RESOLVED);
  }

  @Test
  void aServerThatAcceptsAndSaysNothingTimesOutAndTheSocketIsClosed() {
    try (ScriptedServer server = ScriptedServer.silent()) {
      assertThat(failed(probe(server.port(), SHORT))).isEqualTo(ReasonCode.TIMED_OUT);
      assertThat(server.sawAClientGo()).isTrue();
      eventually("no connection is left", () -> OpenConnections.to(server.port()) == 0);
    }
  }

  @Test
  void aServerThatIsStartingUpSaysSo() {
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              read(client);
              sendError(client, "57P03", "the database system is starting up");
            })) {
      Failed result = (Failed) probe(server.port(), LONG);
      assertThat(result.code()).isEqualTo(ReasonCode.STARTING_UP);
      assertThat(result.detail()).contains("the database system is starting up");
      assertThat(server.sawAClientGo()).isTrue();
    }
  }

  @Test
  void aServerThatHangsUpHasClosedTheConnection() {
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              read(client);
              client.close();
            })) {
      assertThat(failed(probe(server.port(), LONG))).isEqualTo(ReasonCode.CONNECTION_CLOSED);
    }
  }

  @Test
  void anAnswerInAnotherProtocolIsABadOne() {
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              read(client);
              send(client, "?\0\0\0\u0008what");
            })) {
      assertThat(failed(probe(server.port(), SHORT)))
          .isIn(ReasonCode.BAD_ANSWER, ReasonCode.TIMED_OUT);
      assertThat(server.sawAClientGo()).isTrue();
    }
  }

  @Test
  void aMessageWithoutEndIsCutOffAndBad() {
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              read(client);
              send(client, "H\u007f\u007f\u007f\u007f");
              while (true) {
                send(client, "0".repeat(100_000));
              }
            })) {
      assertThat(failed(probe(server.port(), LONG))).isEqualTo(ReasonCode.BAD_ANSWER);
      assertThat(server.sawAClientGo()).isTrue();
    }
  }

  @Test
  void aConnectionThatIsNotConfiguredTeachesNothing() {
    Probing probing = TestProbers.postgres(vertx, Map.of());
    Inconclusive result = (Inconclusive) probing.run(new Probe.Postgres("trading"), LONG);
    assertThat(result.code()).isEqualTo(ReasonCode.PROBE_BROKEN);
    assertThat(result.detail()).contains("'trading'").contains("agent.yaml");
  }

  @Test
  void aPasswordThatCannotBeReadTeachesNothing() {
    Supplier<String> gone =
        () -> {
          throw new IllegalStateException("password file pw is not there");
        };
    Inconclusive result = (Inconclusive) probe(connection("127.0.0.1", 5432, gone), LONG);
    assertThat(result.code()).isEqualTo(ReasonCode.PROBE_BROKEN);
    assertThat(result.detail()).contains("password file pw is not there");
  }

  @Test
  void checksThatHangDelayNoOther() {
    try (ScriptedServer silent = ScriptedServer.silent();
        ScriptedServer closing = ScriptedServer.start(Socket::close)) {
      Probing probing =
          TestProbers.postgres(
              vertx,
              Map.of(
                  "hangs",
                  connection("127.0.0.1", silent.port(), () -> "x"),
                  "answers",
                  connection("127.0.0.1", closing.port(), () -> "x")));
      CompletableFuture<ProbeResult> hanging =
          probing.start(new Probe.Postgres("hangs"), Duration.ofMinutes(1));
      assertThat(failed(probing.run(new Probe.Postgres("answers"), LONG)))
          .isEqualTo(ReasonCode.CONNECTION_CLOSED);
      assertThat(hanging).isNotDone();
    }
  }

  @Test
  void whatTheAgentLacksIsNoFaultOfTheServer() {
    Probing lacking =
        new Probing(
            vertx,
            new Probers(
                vertx,
                (tcp, run) -> run.passed(),
                (http, run) -> run.passed(),
                (file, run) -> run.passed(),
                (postgres, run) ->
                    PostgresFailure.answer(
                        run, new NoClassDefFoundError("java/sql/JDBCType"), "PostgreSQL"),
                (write, run) -> run.passed()));
    assertThat(lacking.run(new Probe.Postgres("trading"), LONG))
        .isInstanceOf(Inconclusive.class)
        .asString()
        .contains("java/sql/JDBCType");
  }

  private ProbeResult probe(int port, Duration timeout) {
    return probe(connection("127.0.0.1", port, () -> "x"), timeout);
  }

  private ProbeResult probe(PostgresConnection connection, Duration timeout) {
    return TestProbers.postgres(vertx, Map.of("trading", connection))
        .run(new Probe.Postgres("trading"), timeout);
  }

  private static PostgresConnection connection(String host, int port, Supplier<String> password) {
    return new PostgresConnection(host, port, "postgres", "holdfast", password);
  }

  private static ReasonCode failed(ProbeResult result) {
    assertThat(result).isInstanceOf(Failed.class);
    return ((Failed) result).code();
  }

  private static void read(Socket client) throws IOException {
    assertThat(client.getInputStream().read(new byte[4096])).isPositive();
  }

  private static void send(Socket client, String bytes) throws IOException {
    client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void sendError(Socket client, String state, String message) throws IOException {
    byte[] fields =
        ("SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0").getBytes(StandardCharsets.UTF_8);
    DataOutputStream out = new DataOutputStream(client.getOutputStream());
    out.writeByte('E');
    out.writeInt(4 + fields.length);
    out.write(fields);
  }
}
