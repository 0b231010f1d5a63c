package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.healing.HeldReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A unit that agent.yaml does not list is left alone by the agent, and polkit sees to it. */
@ExtendWith(JournalOnFailure.class)
class UnlistedUnitIT {
  private static final String HOST = "trade-b";
  private static final String STRANGER = "it-stranger.service";
  private static final String WEB = "web-ui.service";
  private static final String DROP_IN = "/etc/systemd/system/" + WEB + ".d/50-holdfast.conf";

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);
  private boolean unlisted;
  private long before;
  private long agent;

  @TempDir private Path directory;

  @BeforeEach
  void begin() {
    fleet.untilAllIsWell();
    before = fleet.position();
    agent = fleet.mainPid(HOST, Fleet.AGENT);
  }

  @AfterEach
  void mend() {
    lab.exec(HOST, "systemctl", "stop", STRANGER);
    lab.exec(HOST, "systemctl", "start", WEB);
    if (unlisted) {
      playAgent();
    }
    apply(lab.home().resolve("plan.yaml"));
    fleet.untilAllIsWell();
  }

  @Test
  void aUnitThatThePlanNamesAndTheHostDoesNotListIsOnlyObserved() throws IOException {
    lab.run(HOST, "systemd-run", "--unit=" + STRANGER, "--property=Restart=no", "sleep", "1000");
    long stranger = fleet.mainPid(HOST, STRANGER);
    long web = fleet.mainPid(HOST, WEB);
    String plan = Files.readString(lab.home().resolve("plan.yaml"));
    String service =
        """
        services:
          stranger:
            critical: false
            module: reporting
            unit: it-stranger.service
            runs_on: trade-b
            tcp: {port: 9}
        """;
    Path changed = directory.resolve("plan.yaml");
    Files.writeString(changed, plan.replace("services:\n", service).replace(WEB, STRANGER));
    apply(changed);
    untilTold("stranger", HeldReason.NOT_MANAGED_HERE.name());
    untilTold("web_ui", "only observed: the plan has the unit " + STRANGER);
    polkitRefuses(STRANGER);
    assertThat(fleet.mainPid(HOST, STRANGER)).isEqualTo(stranger).isPositive();
    assertThat(fleet.mainPid(HOST, WEB)).isEqualTo(web);
  }

  @Test
  void aUnitTakenOffTheListIsItsOwnersAgain() {
    long web = fleet.mainPid(HOST, WEB);
    assertThat(fleet.property(HOST, WEB, "Restart")).isEqualTo("no");
    unlisted = true;
    playAgent("-e", "{\"agent_services\": {\"api_server\": {\"unit\": \"api-server.service\"}}}");
    assertThat(lab.exec(HOST, "test", "-e", DROP_IN).exitCode()).isEqualTo(1);
    assertThat(fleet.property(HOST, WEB, "Restart")).as("its owner's").isEqualTo("on-failure");
    polkitRefuses(WEB);
    assertThat(asAgent("StartUnit", "api-server.service").error()).as("still listed").isEmpty();
    assertThat(fleet.mainPid(HOST, WEB)).as("the service did not notice").isEqualTo(web);
    assertThat(fleet.mainPid(HOST, Fleet.AGENT)).as("a reload was enough").isEqualTo(agent);
    lab.run(HOST, "systemctl", "stop", WEB);
    untilTold("web_ui", HeldReason.NOT_MANAGED_HERE.name());
    assertThat(fleet.property(HOST, WEB, "ActiveState")).isEqualTo("inactive");
  }

  private void apply(Path plan) {
    Ran ran = lab.command("plan", "apply", plan.toString(), "--yes");
    assertThat(ran.exitCode()).as(ran.out() + ran.error()).isZero();
  }

  private void playAgent(String... more) {
    List<String> words = new ArrayList<>(List.of("lab", "play", "site.yml"));
    words.addAll(List.of("--limit", HOST, "--tags", "agent_configure,agent_run"));
    words.addAll(List.of(more));
    Ran ran = lab.command(words.toArray(String[]::new));
    assertThat(ran.exitCode()).as(ran.out() + ran.error()).isZero();
  }

  private void untilTold(String service, String words) {
    fleet.until(
        service + ": " + words, () -> fleet.toldAfter(before, HOST, service).contains(words));
  }

  private void polkitRefuses(String unit) {
    for (String method : List.of("StartUnit", "StopUnit", "RestartUnit")) {
      Ran ran = asAgent(method, unit);
      assertThat(ran.exitCode()).as(method).isNotZero();
      assertThat(ran.error()).containsAnyOf("ccess denied", "nteractive authentication");
    }
  }

  /** What systemd answers to the agent's user. */
  private Ran asAgent(String method, String unit) {
    return lab.exec(HOST, AskedSystemd.by("holdfast", method, unit).toArray(String[]::new));
  }
}
