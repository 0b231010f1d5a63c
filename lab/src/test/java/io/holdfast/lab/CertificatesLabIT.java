package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Certificates of hosts that are rolled out: renewed, revoked, and given anew. */
@ExtendWith(JournalOnFailure.class)
class CertificatesLabIT {
  private static final String HOST = "trade-a";
  private static final String PEM = "/var/lib/holdfast/agent/tls/host.pem";
  private static final String UNIT = "data-collector.service";

  /** What is revoked is cut off within this time: the requirement. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);
  private boolean revoked;

  @BeforeEach
  void begin() {
    fleet.untilAllIsWell();
  }

  @AfterEach
  void letItInAgain() {
    if (revoked) {
      enrolAgain();
    }
  }

  @Test
  void aHostRenewsOverTheStreamThatItHas() {
    String stream = stream();
    String key = openssl("-pubkey");
    String serial = openssl("-serial");
    long ends = expiry();

    String said = lab.command("certificates", "renew", HOST).outOrThrow();

    assertThat(said).contains(HOST);
    fleet.until("a new certificate of " + HOST, () -> !openssl("-serial").equals(serial));
    fleet.until("its end at /metrics", () -> expiry() > ends);
    assertThat(openssl("-pubkey")).isNotEqualTo(key);
    assertThat(listed()).containsSubsequence("renewal", "enrolment").hasSizeGreaterThan(1);
    assertThat(newestListed()).isEqualToIgnoringCase(openssl("-serial"));
    assertThat(fleet.host(HOST).path("certificate_ends_wall_millis").asLong() / 1_000)
        .isEqualTo(expiry());
    assertThat(stream()).isEqualTo(stream);
  }

  @Test
  void aRevokedHostIsCutOffAndKnowsItAndTheRollOutLetsItInAgain() {
    long agent = fleet.mainPid(HOST, Fleet.AGENT);
    revoked = true;
    String ignored =
        lab.command("certificates", "revoke", HOST, "--reason", "disk was stolen", "--yes")
            .outOrThrow();
    Lab.await("the stream's end", SOON, () -> !fleet.host(HOST).path("connected").asBoolean());
    fleet.until(
        "the agent's word of it",
        () ->
            fleet
                .property(HOST, Fleet.AGENT, "StatusText")
                .endsWith("no collector: this host's certificate was revoked"));
    assertThat(lab.journal(HOST, 20)).contains("was revoked on", "disk was stolen");
    assertThat(revokedAt()).isPositive();

    long victim = fleet.mainPid(HOST, UNIT);
    lab.run(HOST, "kill", "-9", Long.toString(victim));
    fleet.until(
        "the killed unit runs again",
        () ->
            fleet.property(HOST, UNIT, "ActiveState").equals("active")
                && fleet.mainPid(HOST, UNIT) != victim);

    enrolAgain();
    fleet.untilAllIsWell();
    assertThat(fleet.mainPid(HOST, Fleet.AGENT)).isEqualTo(agent);
    assertThat(revokedAt()).isZero();
  }

  private void enrolAgain() {
    Ran ran =
        lab.command(
            "lab",
            "play",
            "site.yml",
            "--limit",
            HOST + ",localhost",
            "--tags",
            "agent_configure,agent_run",
            "-e",
            "agent_enrol_again=true");
    assertThat(ran.exitCode()).as(ran.out() + ran.error()).isZero();
    revoked = false;
  }

  private String openssl(String what) {
    String said = lab.run(HOST, "openssl", "x509", "-in", PEM, "-noout", what);
    return said.replaceFirst("^serial=0*", "");
  }

  private long revokedAt() {
    return fleet.host(HOST).path("certificate_revoked_wall_millis").asLong();
  }

  private String stream() {
    return fleet.host(HOST).path("stream").asText();
  }

  /** As Prometheus hears it from the agent, in seconds. */
  private long expiry() {
    return lab.run(HOST, "curl", "-s", "http://127.0.0.1:9777/metrics")
        .lines()
        .filter(
            line ->
                line.startsWith(
                    "holdfast_certificate_expiry_timestamp_seconds{certificate=\"own\"}"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonNode> certificates() {
    return StreamSupport.stream(
            fleet.ask("certificates", "list").path("certificates").spliterator(), false)
        .filter(each -> each.path("identity").asText().equals("holdfast://host/" + HOST))
        .toList();
  }

  private List<String> listed() {
    return certificates().stream().map(each -> each.path("cause").asText()).toList();
  }

  private String newestListed() {
    return certificates().getFirst().path("serial").asText();
  }
}
