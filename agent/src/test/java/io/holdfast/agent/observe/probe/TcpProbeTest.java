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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpProbeTest {
  private final Vertx vertx = Vertx.vertx();
  private final Probing probing = TestProbers.network(vertx, Optional.empty());

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void passesWhenAcceptedAndClosesTheConnection() {
    try (ScriptedServer server = ScriptedServer.silent()) {
      assertThat(probing.run(new Probe.Tcp("127.0.0.1", server.port()), LONG))
          .isEqualTo(new Passed());
      assertThat(server.sawAClientGo()).isTrue();
      eventually("no connection is left", () -> OpenConnections.to(server.port()) == 0);
    }
  }

  @Test
  void refusedWhenNobodyListens() throws IOException {
    Probe probe = new Probe.Tcp("127.0.0.1", RealPostgres.freePort());
    Failed result = (Failed) probing.run(probe, LONG);
    assertThat(result.code()).isEqualTo(ReasonCode.CONNECTION_REFUSED);
    assertThat(result.detail()).contains("127.0.0.1").contains("refused");
  }

  @Test
  void aNameThatDoesNotExistIsNotResolved() {
    Failed result = (Failed) probing.run(new Probe.Tcp("no-such-host.invalid", 80), LONG);
    assertThat(result.code()).isEqualTo(ReasonCode.NAME_NOT_RESOLVED);
  }

  @Test
  void theLocalAddressStandsForLocalhost() {
    try (ScriptedServer server = ScriptedServer.silent()) {
      Probing elsewhere = TestProbers.network(vertx, Optional.of("127.0.0.2"));
      for (String name : List.of("127.0.0.1", "localhost")) {
        ProbeResult result = elsewhere.run(new Probe.Tcp(name, server.port()), LONG);
        assertThat(((Failed) result).detail()).contains("127.0.0.2");
      }
    }
  }

  @Test
  void aServerWithAFullQueueTimesOutAndTheAttemptEnds() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<Socket> queued = new ArrayList<>();
      try {
        // Nobody accepts: with a queue of one the kernel drops what comes after the second.
        for (int i = 0; i < 2; i++) {
          queued.add(new Socket("127.0.0.1", full.getLocalPort()));
        }
        Failed result =
            (Failed) probing.run(new Probe.Tcp("127.0.0.1", full.getLocalPort()), SHORT);
        assertThat(result.code()).isEqualTo(ReasonCode.TIMED_OUT);
        eventually(
            "only the test's own connections are left",
            () -> OpenConnections.to(full.getLocalPort()) == queued.size());
      } finally {
        for (Socket socket : queued) {
          socket.close();
        }
      }
    }
  }

  @Test
  void aProcessIsNotAProbersBusiness() {
    Inconclusive result = (Inconclusive) probing.run(new Probe.ProcessAlive(), LONG);
    assertThat(result.code()).isEqualTo(ReasonCode.PROBE_BROKEN);
  }
}
