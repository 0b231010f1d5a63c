package io.holdfast.agent.observe.probe;

import static io.holdfast.agent.testing.Eventually.eventually;
import static io.holdfast.agent.testing.Probing.LONG;
import static io.holdfast.agent.testing.Probing.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.testing.OpenConnections;
import io.holdfast.agent.testing.Probing;
import io.holdfast.agent.testing.RealPostgres;
import io.holdfast.agent.testing.ScriptedServer;
import io.holdfast.agent.testing.TestProbers;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ProbeResult.Failed;
import io.holdfast.core.health.ProbeResult.Inconclusive;
import io.holdfast.core.health.ProbeResult.Passed;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbeTest {
  private final Vertx vertx = Vertx.vertx();
  private final Probing probing = TestProbers.network(vertx, Optional.empty());

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void passesOn200AndClosesItsConnection() {
    try (ScriptedServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
      assertThat(probe(server, LONG)).isEqualTo(new Passed());
      assertThat(server.sawAClientGo()).isTrue();
      eventually("no connection is left", () -> OpenConnections.to(server.port()) == 0);
    }
  }

  @Test
  void passesOn204WithoutABody() {
    try (ScriptedServer server = answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      assertThat(probe(server, LONG)).isEqualTo(new Passed());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 100000000\r\n\r\n"
      })
  void anyOtherStatusFailsAndNoRedirectIsFollowed(String answer) {
    try (ScriptedServer server = answering(answer)) {
      Failed result = failed(probe(server, LONG));
      assertThat(result.code()).isEqualTo(ReasonCode.HTTP_STATUS);
      assertThat(result.detail()).contains(answer.substring(9, 12));
      assertThat(server.sawAClientGo()).isTrue();
    }
  }

  @Test
  void refusedWhenNobodyListens() throws IOException {
    String url = "http://127.0.0.1:" + RealPostgres.freePort() + "/health";
    assertThat(failed(probing.run(new Probe.Http(url), LONG)).code())
        .isEqualTo(ReasonCode.CONNECTION_REFUSED);
  }

  @Test
  void aNameThatDoesNotExistIsNotResolved() {
    assertThat(failed(probing.run(new Probe.Http("http://no-such-host.invalid/"), LONG)).code())
        .isEqualTo(ReasonCode.NAME_NOT_RESOLVED);
  }

  @Test
  void aServerThatAcceptsAndSaysNothingTimesOutAndTheSocketIsClosed() {
    try (ScriptedServer server = ScriptedServer.silent()) {
      Failed result = failed(probe(server, SHORT));
      assertThat(result.code()).isEqualTo(ReasonCode.TIMED_OUT);
      assertThat(result.detail()).contains("waiting for the answer").contains("300 ms");
      assertThat(server.sawAClientGo()).isTrue();
    }
  }

  @Test
  void aBodyThatStopsInTheMiddleTimesOut() {
    try (ScriptedServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf")) {
      assertThat(failed(probe(server, SHORT)).code()).isEqualTo(ReasonCode.TIMED_OUT);
      assertThat(server.sawAClientGo()).isTrue();
    }
  }

  @Test
  void aBodyWithoutEndPassesAfterItsBeginningAndIsCutOff() {
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              read(client);
              send(client, "HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                send(client, "0".repeat(10_000));
              }
            })) {
      assertThat(probe(server, LONG)).isEqualTo(new Passed());
      assertThat(server.sawAClientGo()).isTrue();
    }
  }

  @Test
  void aHeaderWithoutEndIsCutOffAndBad() {
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              read(client);
              send(client, "HTTP/1.1 200 OK\r\nX-Long: ");
              while (true) {
                send(client, "0".repeat(10_000));
              }
            })) {
      assertThat(failed(probe(server, LONG)).code()).isEqualTo(ReasonCode.BAD_ANSWER);
      assertThat(server.sawAClientGo()).isTrue();
    }
  }

  @Test
  void anAnswerInAnotherProtocolIsABadOne() {
    try (ScriptedServer server = answering("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n")) {
      assertThat(failed(probe(server, LONG)).code()).isEqualTo(ReasonCode.BAD_ANSWER);
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
      assertThat(failed(probe(server, LONG)).code()).isEqualTo(ReasonCode.CONNECTION_CLOSED);
    }
  }

  @Test
  void aServerThatHangsUpWithinTheBodyHasClosedTheConnection() {
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              read(client);
              send(client, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
              client.close();
            })) {
      assertThat(failed(probe(server, LONG)).code()).isEqualTo(ReasonCode.CONNECTION_CLOSED);
    }
  }

  @Test
  void theLocalAddressStandsForLocalhostAndTheHostHeaderStays() {
    AtomicReference<String> request = new AtomicReference<>();
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              request.set(read(client));
              send(client, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            })) {
      // Nothing listens on 127.0.0.2: only the replacement can have answered.
      Probing elsewhere = TestProbers.network(vertx, Optional.of("127.0.0.2"));
      String url = "http://localhost:" + server.port() + "/health?deep=1";
      assertThat(failed(elsewhere.run(new Probe.Http(url), LONG)).code())
          .isEqualTo(ReasonCode.CONNECTION_REFUSED);
      Probing here = TestProbers.network(vertx, Optional.of("127.0.0.1"));
      assertThat(here.run(new Probe.Http(url), LONG)).isEqualTo(new Passed());
      assertThat(request.get())
          .startsWith("GET /health?deep=1 HTTP/1.1\r\n")
          .containsIgnoringCase("host: localhost:" + server.port());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "http://", "not a url", "http:///health"})
  void whatIsNoHttpUrlTeachesNothing(String url) {
    ProbeResult result = probing.run(new Probe.Http(url), LONG);
    assertThat(result)
        .isInstanceOfSatisfying(
            Inconclusive.class, r -> assertThat(r.code()).isEqualTo(ReasonCode.PROBE_BROKEN));
  }

  @Test
  void checksThatHangDelayNoOtherToTheSameServer() {
    try (ScriptedServer server =
        ScriptedServer.start(
            client -> {
              if (read(client).startsWith("GET /fine")) {
                send(client, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
              }
            })) {
      String base = "http://127.0.0.1:" + server.port();
      List<CompletableFuture<ProbeResult>> hanging = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        hanging.add(probing.start(new Probe.Http(base + "/hangs"), Duration.ofMinutes(1)));
      }
      assertThat(probing.run(new Probe.Http(base + "/fine"), LONG)).isEqualTo(new Passed());
      assertThat(hanging).noneMatch(CompletableFuture::isDone);
    }
  }

  private ProbeResult probe(ScriptedServer server, Duration timeout) {
    return probing.run(new Probe.Http("http://127.0.0.1:" + server.port() + "/health"), timeout);
  }

  private static Failed failed(ProbeResult result) {
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed) result;
  }

  private static ScriptedServer answering(String answer) {
    return ScriptedServer.start(
        client -> {
          read(client);
          send(client, answer);
        });
  }

  private static String read(Socket client) throws IOException {
    byte[] buffer = new byte[4096];
    int length = Math.max(0, client.getInputStream().read(buffer));
    return new String(buffer, 0, length, StandardCharsets.US_ASCII);
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
