package io.holdfast.collector.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.link.LinkFailure.Kind;
import io.holdfast.core.trust.Rejection;
import io.holdfast.pki.CertificateAuthority;
import io.holdfast.pki.CertificateRequest;
import io.holdfast.pki.Use;
import io.holdfast.pki.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, who is believed, and what is said when not. */
class LinkIdentityIT {
  private static final CertificateAuthority STRANGER =
      CertificateAuthority.create("another CA", Validity.days(1));

  @TempDir Path directory;
  private Stage stage;
  private final MemorySpool spool = new MemorySpool("spool-1");

  @BeforeEach
  void open() {
    stage = new Stage(directory);
  }

  @AfterEach
  void close() {
    assertThat(stage.ledger.connections).isEmpty();
    assertThat(stage.ledger.heartbeats).hasValue(0);
    stage.close();
  }

  @Test
  void anAgentWhoseCertificateNamesAnotherHostIsRefused() {
    Stage.Agent agent = stage.agent("trade-b", stage.tls("trade-a"), spool, stage.collector());
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).message())
        .contains("trade-a.crt")
        .contains("this host is trade-b")
        .contains("REASON_CERTIFICATE");
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).brief())
        .isEqualTo("this host's certificate is another's");
  }

  @Test
  void anExpiredCertificateIsRefusedAndTheAgentSaysSo() {
    stage.issue("old", CertificateRequest.host("trade-a").withValidity(Validity.expired()));
    Stage.Agent agent = stage.agent("trade-a", stage.tls("old"), spool, stage.collector());
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).message()).contains("old.crt expired on");
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).brief())
        .isEqualTo("this host's certificate has expired");
  }

  @Test
  void aCertificateOfAnotherCaIsRefusedAndTheAgentSaysSo() {
    stage.issue(STRANGER, "foreign", CertificateRequest.host("trade-a"));
    Stage.Agent agent = stage.agent("trade-a", stage.tls("foreign"), spool, stage.collector());
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).message())
        .contains("foreign.crt is not signed by the CA in");
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).brief())
        .isEqualTo("this host's certificate is of another CA");
  }

  @Test
  void aCertificateThatDoesNotHoldYetIsRefusedAndTheAgentSaysSo() {
    stage.issue("young", CertificateRequest.host("trade-a").withValidity(Validity.notYet()));
    Stage.Agent agent = stage.agent("trade-a", stage.tls("young"), spool, stage.collector());
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).message()).contains("young.crt holds only from");
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).brief())
        .isEqualTo("this host's certificate does not hold yet");
  }

  @Test
  void aRevokedCertificateIsRefusedWithTheReason() {
    stage.visas =
        certificate ->
            Optional.of(new Rejection(Rejection.Kind.REVOKED, certificate + " was revoked"));
    Stage.Agent agent = stage.agent("trade-a", stage.tls("trade-a"), spool, stage.collector());
    assertThat(agent.failure(Kind.CERTIFICATE_REFUSED).message())
        .contains("REASON_CERTIFICATE_REVOKED", "holdfast://host/trade-a", "was revoked")
        .contains("holdfast certificates token trade-a");
    assertThat(agent.failure(Kind.CERTIFICATE_REFUSED).brief())
        .isEqualTo("this host's certificate was revoked");
  }

  @Test
  void aCertificateThatNamesNobodyIsRefused() {
    stage.issue("nobody", CertificateRequest.host("trade-a").withUris(List.of()));
    Stage.Agent agent = stage.agent("trade-a", stage.tls("nobody"), spool, stage.collector());
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).message()).contains("no holdfast:// URI");
  }

  @Test
  void anOperatorIsNoHost() {
    stage.issue("admin", CertificateRequest.operator("admin"));
    Stage.Agent agent = stage.agent("admin", stage.tls("admin"), spool, stage.collector());
    assertThat(agent.failure(Kind.OWN_CERTIFICATE).message()).contains("REASON_CERTIFICATE");
  }

  @Test
  void aHostThatThePlanDoesNotKnowIsRefused() {
    stage.ledger.knowsAll = false;
    Stage.Agent agent = stage.agent("trade-a", stage.tls("trade-a"), spool, stage.collector());
    assertThat(agent.failure(Kind.UNKNOWN_HOST).message()).contains("has no host trade-a");
  }

  @Test
  void aHostsCertificateDoesNotMakeACollector() {
    stage.issue(
        "impostor",
        CertificateRequest.host("trade-b")
            .withAddresses(List.of(Stage.LOOPBACK))
            .withUses(Set.of(Use.SERVER, Use.CLIENT)));
    Stage.Agent agent = agentOf("impostor");
    assertThat(agent.failure(Kind.NOT_A_COLLECTOR).message()).contains("trade-b");
  }

  @Test
  void anExpiredCollectorIsToldApart() {
    stage.issue("expired", collector().withValidity(Validity.expired()));
    assertThat(agentOf("expired").failure(Kind.COLLECTOR_CERTIFICATE_EXPIRED).message())
        .contains("expired");
  }

  @Test
  void aCollectorOfAnotherCaIsToldApart() {
    stage.issue(STRANGER, "strange", collector());
    agentOf("strange").failure(Kind.COLLECTOR_CERTIFICATE_OF_ANOTHER_CA);
  }

  @Test
  void aCollectorsCertificateForAnotherAddressIsToldApart() {
    stage.issue("elsewhere", collector().withAddresses(List.of("127.0.0.99")));
    agentOf("elsewhere").failure(Kind.COLLECTOR_CERTIFICATE_FOR_ANOTHER_ADDRESS);
  }

  @Test
  void whatDoesNotSpeakTlsIsToldApart() {
    int port =
        stage
            .vertx
            .createNetServer()
            .connectHandler(socket -> socket.write("SSH-2.0-OpenSSH_9.2\r\n"))
            .listen(0, Stage.LOOPBACK)
            .await()
            .actualPort();
    stage.agent("trade-a", stage.tls("trade-a"), spool, port).failure(Kind.NO_TLS);
  }

  @Test
  void aCollectorThatNeverAnswersIsGivenUp() {
    int port =
        stage
            .vertx
            .createNetServer()
            .connectHandler(socket -> {})
            .listen(0, Stage.LOOPBACK)
            .await()
            .actualPort();
    stage.agent("trade-a", stage.tls("trade-a"), spool, port).failure(Kind.TIMED_OUT);
  }

  private static CertificateRequest collector() {
    return CertificateRequest.collector("collector-2", List.of(Stage.LOOPBACK));
  }

  private Stage.Agent agentOf(String collectorCertificate) {
    AgentLinkServer server =
        stage.server(collectorCertificate, 0, Duration.ofSeconds(5), Duration.ofSeconds(15));
    return stage.agent("trade-a", stage.tls("trade-a"), spool, server.start().await());
  }

  @Test
  void aRenewedCertificateIsTakenWithoutARestart() throws Exception {
    stage.issue("renewed", CertificateRequest.host("trade-a").withValidity(Validity.expired()));
    Stage.Agent agent = stage.agent("trade-a", stage.tls("renewed"), spool, stage.collector());
    agent.failure(Kind.OWN_CERTIFICATE);
    Files.copy(stage.file("trade-a.key"), replaced("renewed.key"));
    Files.copy(stage.file("trade-a.crt"), replaced("renewed.crt"));
    agent.awaitConnections(1);
    stage.ledger.connections.clear();
    agent.link.stop().await();
    Await.until("the end", () -> stage.ledger.connections.contains("-trade-a"));
    stage.ledger.connections.clear();
    stage.ledger.heartbeats.set(0);
  }

  private Path replaced(String name) throws Exception {
    Files.delete(stage.file(name));
    return stage.file(name);
  }
}
