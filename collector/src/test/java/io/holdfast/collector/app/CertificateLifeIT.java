package io.holdfast.collector.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.pki.Validity;
import io.holdfast.proto.v1.EnrolResponse;
import io.holdfast.proto.v1.EnrolmentRefused.Reason;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.ListCertificatesRequest;
import io.holdfast.proto.v1.ListCertificatesResponse;
import io.holdfast.proto.v1.RevokeCertificatesRequest;
import io.holdfast.proto.v1.StatusGrpcClient;
import io.holdfast.proto.v1.Token;
import io.holdfast.wire.pem.CredentialFile;
import io.holdfast.wire.pem.PemText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates from the token to the revocation, with a real collector and a real agent. */
class CertificateLifeIT {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private Enrolling stage;
  private AgentProcess agent;

  @BeforeEach
  void start() throws Exception {
    stage = new Enrolling(vertx, directory);
    agent = stage.agent();
    stage.collector.start();
    stage.collector.applyPlan(OneService.plan("1s"));
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    stage.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            what + "\n--- collector\n" + stage.collector.log() + "\n--- agent\n" + agent.log());
      }
      vertx.timer(50, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
    }
  }

  private boolean connected() throws Exception {
    return stage.host().getConnected();
  }

  @Test
  void aHostEnrolsOnceAndItsCertificateIsRenewedOverTheSameStream() throws Exception {
    String token = stage.token("trade-a");
    assertThat(stage.enrolCommand(agent, token)).startsWith("0 trade-a is enrolled until ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stage.hostPem)))
        .isEqualTo("rw-------");
    assertThat(stage.enrolCommand(agent, token)).startsWith("2 ").contains("is good until");
    assertThat(stage.enrolCommand(agent, token, "--again"))
        .startsWith("3 ")
        .contains("REASON_USED_TOKEN", "holdfast certificates token trade-a");
    agent.start();
    until("no stream", this::connected);

    agent.kill();
    Instant now = Instant.now();
    stage.giveHost(
        "trade-a",
        new Validity(now.minus(Duration.ofMinutes(70)), now.plus(Duration.ofMinutes(10))));
    String before = Files.readString(stage.hostPem);
    agent.start();
    until("no renewal", () -> agent.log().contains("this host's certificate is renewed"));
    until(
        "the end of the new one is not told",
        () ->
            stage.host().getCertificateEndsWallMillis()
                > now.plus(Duration.ofDays(6)).toEpochMilli());
    String stream = stage.host().getStream();
    assertThat(agent.log()).contains("stream " + stream);
    assertThat(agent.log()).doesNotContain("no stream to 127.0.0.1:" + stage.collector.agentsPort);
    assertThat(new PemText(Files.readString(stage.hostPem)).keyText())
        .isPresent()
        .isNotEqualTo(new PemText(before).keyText());

    agent.kill();
    agent.start();
    until(
        "no stream with the new one",
        () -> connected() && !stage.host().getStream().equals(stream));
  }

  @Test
  void aRevokedHostIsCutOffAndStaysOutUntilItEnrolsAnew() throws Exception {
    assertThat(stage.enrolCommand(agent, stage.token("trade-a"))).startsWith("0 ");
    agent.start();
    until("no stream", this::connected);
    long revokedAt = System.nanoTime();
    stage
        .admin()
        .revokeCertificates(
            RevokeCertificatesRequest.newBuilder().setHost("trade-a").setReason("stolen").build())
        .await(10, TimeUnit.SECONDS);
    until("still connected", () -> !connected());
    assertThat(Duration.ofNanos(System.nanoTime() - revokedAt)).isLessThan(Duration.ofSeconds(5));
    until(
        "the agent does not know why",
        () -> agent.log().contains("REASON_CERTIFICATE_REVOKED") && agent.log().contains("stolen"));
    stage.collector.kill();
    stage.collector.start();
    // An agent that was refused for good takes its time; a new one asks at once.
    agent.kill();
    agent.start();
    until(
        "forgotten by the restart",
        () -> stage.collector.log().split("REASON_CERTIFICATE_REVOKED", -1).length > 2);
    assertThat(connected()).isFalse();
    assertThat(stage.enrolCommand(agent, stage.token("trade-a"), "--again")).startsWith("0 ");
    agent.kill();
    agent.start();
    until("not let in again", this::connected);
  }

  @Test
  void aRevokedOperatorsOpenStreamEndsWithTheReason() throws Exception {
    GrpcClientResponse<GetStatusRequest, ?> watching = watch("operator");
    String serial =
        new CredentialFile(stage.collector.pki.resolve("operators/operator.crt"))
            .certificates()
            .getFirst()
            .getSerialNumber()
            .toString(16);
    stage
        .admin()
        .revokeCertificates(
            RevokeCertificatesRequest.newBuilder()
                .setSerial(serial)
                .setReason("left the team")
                .build())
        .await(10, TimeUnit.SECONDS);
    watching.end().otherwiseEmpty().await(5, TimeUnit.SECONDS);
    assertThat(watching.status()).isEqualTo(GrpcStatus.PERMISSION_DENIED);
    assertThat(URLDecoder.decode(watching.trailers().get("grpc-message"), UTF_8))
        .contains("was revoked on", "left the team");
    assertThat(watch("operator").status()).isEqualTo(GrpcStatus.PERMISSION_DENIED);
  }

  private GrpcClientResponse<GetStatusRequest, ?> watch(String role) {
    return stage
        .as(role)
        .request(stage.collector.address(), StatusGrpcClient.WatchStatus)
        .compose(call -> call.send(GetStatusRequest.getDefaultInstance()))
        .await();
  }

  @Test
  void aTokenIsWorthOneCertificateWhoeverRacesOrIsKilled() throws Exception {
    String raced = stage.token("trade-a");
    List<EnrolResponse> answers =
        Future.all(stage.enrol("trade-a", raced), stage.enrol("trade-a", raced))
            .await(20, TimeUnit.SECONDS)
            .list();
    assertThat(answers).filteredOn(EnrolResponse::hasEnrolled).hasSize(1);
    assertThat(answers)
        .filteredOn(EnrolResponse::hasRefused)
        .extracting(answer -> answer.getRefused().getReason())
        .containsExactly(Reason.REASON_USED_TOKEN);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      String host = "trade-" + (char) ('x' + round);
      String token = stage.token(host);
      Future<EnrolResponse> answer = stage.enrol(host, token);
      vertx.timer(1 + random.nextInt(25), TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
      stage.collector.kill();
      stage.collector.start();
      stage.collector.status();
      ListCertificatesResponse list =
          stage
              .admin()
              .listCertificates(ListCertificatesRequest.getDefaultInstance())
              .await(20, TimeUnit.SECONDS);
      boolean used =
          list.getTokensList().stream()
              .anyMatch(
                  known ->
                      known.getHost().equals(host) && known.getState() == Token.State.STATE_USED);
      boolean issued =
          list.getCertificatesList().stream()
              .anyMatch(known -> known.getIdentity().endsWith("/" + host));
      assertThat(used).as("seed %s", seed).isEqualTo(issued);
      if (answer.succeeded() && answer.result().hasEnrolled()) {
        assertThat(used).as("handed out, so recorded; seed %s", seed).isTrue();
      }
      assertThat(stage.enrol(host, token).await(20, TimeUnit.SECONDS).hasEnrolled())
          .as("seed %s", seed)
          .isEqualTo(!used);
    }
  }
}
