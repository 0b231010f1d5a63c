package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.pki.CertificateRequest;
import io.holdfast.pki.IssuedCertificate;
import io.holdfast.pki.Validity;
import io.holdfast.proto.v1.RenewCertificatesRequest;
import io.holdfast.proto.v1.RevokeCertificatesRequest;
import io.holdfast.wire.CertificateFacts;
import io.holdfast.wire.pem.CredentialFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that change or end while streams are open, and tokens that are no good. */
class CertificatesUnderWayIT {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Awaiting awaiting = new Awaiting(vertx);
  private Enrolling stage;
  private AgentProcess agent;

  @BeforeEach
  void prepare() throws Exception {
    stage = new Enrolling(vertx, directory);
    agent = stage.agent();
    Path config = stage.collector.config();
    Files.writeString(
        config,
        Files.readString(config).replace("anonymous_viewer: true", "anonymous_viewer: false"));
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    stage.close();
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  /** Paused: nothing of it is lost before it is listened to. */
  private HttpClientResponse get(HttpClient viewer, String resource) throws Exception {
    return viewer
        .request(HttpMethod.GET, stage.collector.apiPort, CollectorProcess.LOOPBACK, resource)
        .compose(HttpClientRequest::send)
        .onSuccess(HttpClientResponse::pause)
        .await(20, TimeUnit.SECONDS);
  }

  @Test
  void thePagesStreamEndsWithTheCertificateOfWhoLooksAtIt() throws Exception {
    stage.collector.start();
    stage.collector.applyPlan(OneService.plan("1s"));
    HttpClient viewer = stage.browser("viewer");
    HttpClientResponse stream = get(viewer, "/api/v1/stream");
    Buffer told = Buffer.buffer();
    Future<Void> end = stream.handler(told::appendBuffer).end();
    stream.resume();
    awaiting.until("the first status", () -> told.toString().contains("event: status"));
    CredentialFile shown = new CredentialFile(stage.collector.pki.resolve("operators/viewer.crt"));
    stage
        .admin()
        .revokeCertificates(
            RevokeCertificatesRequest.newBuilder()
                .setSerial(shown.certificates().getFirst().getSerialNumber().toString(16))
                .setReason("lost the laptop")
                .build())
        .await(30, TimeUnit.SECONDS);

    end.await(5, TimeUnit.SECONDS);

    assertThat(told.toString()).contains("was revoked on", "lost the laptop");
    HttpClientResponse again = get(stage.browser("viewer"), "/api/v1/status");
    assertThat(again.statusCode()).isEqualTo(403);
    Future<Buffer> body = again.body();
    again.resume();
    assertThat(body.await(10, TimeUnit.SECONDS).toString()).contains("was revoked on");
  }

  @Test
  void collectorAndHostRenewUnderTheStreamsThatAreOpen() throws Exception {
    stage.collector.start();
    stage.collector.applyPlan(OneService.plan("1s"));
    assertThat(stage.enrolCommand(agent, stage.token("trade-a"))).startsWith("0 ");
    agent.start();
    awaiting.until("a stream of the agent", () -> stage.host().getConnected());
    String stream = stage.host().getStream();
    HttpClientResponse page = get(stage.browser("viewer"), "/api/v1/stream");
    AtomicBoolean ended = new AtomicBoolean();
    page.handler(ignored -> {}).endHandler(v -> ended.set(true)).resume();
    CredentialFile own = new CredentialFile(stage.collector.file("tls/collector.pem"));
    String old = pastHalfOfItsLife(own);

    stage.collector.signal("HUP");

    awaiting.until("a new certificate of the collector", () -> !serial(own).equals(old));
    awaiting.until("it is shown to those who connect", () -> shownSerial().equals(serial(own)));
    CredentialFile host = new CredentialFile(stage.hostPem);
    String before = serial(host);
    assertThat(
            stage
                .admin()
                .renewCertificates(RenewCertificatesRequest.getDefaultInstance())
                .await(10, TimeUnit.SECONDS)
                .getHostsList())
        .containsExactly("trade-a");
    awaiting.until("a new certificate of the host", () -> !serial(host).equals(before));
    assertThat(stage.host().getStream()).isEqualTo(stream);
    assertThat(ended).isFalse();
  }

  /** Its serial: one of the authority that is to be renewed. */
  private String pastHalfOfItsLife(CredentialFile own) throws Exception {
    Instant now = Instant.now();
    IssuedCertificate issued =
        stage.intermediate.issue(
            CertificateRequest.collector("collector-1", List.of(CollectorProcess.LOOPBACK))
                .withValidity(
                    new Validity(now.minus(Duration.ofHours(2)), now.plus(Duration.ofHours(1)))));
    own.replace(List.of(issued.certificate(), stage.intermediate.certificate()), issued.key());
    return serial(own);
  }

  private static String serial(CredentialFile file) throws Exception {
    return CertificateFacts.serial(file.certificates().getFirst().getSerialNumber());
  }

  private String shownSerial() throws Exception {
    HttpClient fresh = stage.browser("viewer");
    HttpClientResponse answer = get(fresh, "/api/v1/status");
    var certificate =
        (java.security.cert.X509Certificate)
            answer.request().connection().peerCertificates().getFirst();
    fresh.close().await(30, TimeUnit.SECONDS);
    return CertificateFacts.serial(certificate.getSerialNumber());
  }

  @Test
  void aTokenThatIsNoGoodIsRefusedWithTheReason() throws Exception {
    WrongClock clock = WrongClock.in(directory);
    clock.set("+0");
    stage.collector.start(clock.environment());
    stage.collector.applyPlan(OneService.plan("1s"));
    String expires = stage.token("trade-a");
    String other = stage.token("trade-b");
    String used = stage.token("trade-a");
    assertThat(stage.enrolCommand(agent, used)).startsWith("0 ");
    assertThat(stage.enrolCommand(agent, used, "--again"))
        .startsWith("3 ")
        .contains("the token was used on", "holdfast certificates revoke trade-a");
    assertThat(stage.enrolCommand(agent, other, "--again"))
        .startsWith("3 ")
        .contains("the token is for host trade-b, and this is trade-a");
    clock.set("+20m");
    awaiting.until(
        "the collector sees that time",
        () ->
            stage.collector.status().getWallMillis()
                > System.currentTimeMillis() + Duration.ofMinutes(19).toMillis());
    assertThat(stage.enrolCommand(agent, expires, "--again"))
        .startsWith("3 ")
        .contains("the token expired on", "holdfast certificates token trade-a");
  }
}
