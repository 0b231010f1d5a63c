package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The playbook again: after its end, after it was killed, and for another root. */
@ExtendWith(JournalOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollOutIT {
  private static final String BARE = "trade-b";

  /** What makes a host of a bare one, in the order of the playbook. */
  private static final List<String> STEPS =
      List.of(
          "_common : Install the package and what it needs",
          "agent : Write agent.yaml",
          "agent : Let the agent, and nobody else, manage and restart its units",
          "agent : Give the host its token",
          "agent : Enrol the host",
          "agent : Start the agent, now and at each boot",
          "_common : Keep what was read");

  private static final int KILLS = 2;

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);

  @Test
  @Order(1)
  void aRunThatIsKilledIsResumedByTheNextAndTheOneAfterChangesNothing() {
    fleet.untilAllIsWell();
    long seed = Long.getLong("holdfast.seed", System.nanoTime());
    System.out.println("RollOutIT: -Dholdfast.seed=" + seed);
    Random random = new Random(seed);
    makeBare();
    for (int step : steps(random)) {
      boolean killed =
          CutOffPlay.play(
              lab, "site.yml", STEPS.get(step), Duration.ofMillis(random.nextInt(1_000)));
      System.out.println("RollOutIT: " + (killed ? "killed" : "ended") + " at " + STEPS.get(step));
    }
    Played resumed = Played.of(lab, "site.yml");
    assertThat(resumed.exitCode()).as("seed %d: %s", seed, resumed.said()).isZero();
    Played again = Played.of(lab, "site.yml");
    assertThat(again.exitCode()).as(again.said()).isZero();
    assertThat(again.changed().keySet()).containsAll(lab.hosts());
    assertThat(again.changedNothing()).as("seed %d: %s", seed, again.said()).isTrue();
    fleet.untilAllIsWell();
  }

  @Test
  @Order(2)
  void aLostRootIsExchangedAndNoServiceIsTouched() throws IOException {
    fleet.untilAllIsWell();
    Map<String, Long> services = fleet.processes();
    Path pki = lab.home().resolve("pki");
    Files.move(pki, lab.home().resolve("pki-lost"));
    Played both = Played.of(lab, "site.yml", "-e", "pki_exchange_root=true");
    assertThat(both.exitCode()).as(both.said()).isZero();
    assertThat(lab.hosts()).allSatisfy(host -> assertThat(rootsOn(host)).isEqualTo(2));
    Played one = Played.of(lab, "site.yml");
    assertThat(one.exitCode()).as(one.said()).isZero();
    assertThat(lab.hosts())
        .allSatisfy(
            host ->
                assertThat(lab.run(host, "cat", "/etc/holdfast/tls/ca.crt"))
                    .isEqualTo(Files.readString(pki.resolve("root.crt")).strip()));
    fleet.untilAllIsWell();
    assertThat(fleet.processes()).isEqualTo(services);
  }

  private static List<Integer> steps(Random random) {
    List<Integer> steps = new ArrayList<>();
    for (int step = 0; step < STEPS.size(); step++) {
      steps.add(step);
    }
    Collections.shuffle(steps, random);
    return steps.stream().limit(KILLS).sorted().toList();
  }

  /** As a host is that never had an agent. */
  private void makeBare() {
    lab.run(
        BARE,
        "sh",
        "-ec",
        """
        systemctl disable --quiet --now holdfast-agent.service
        dpkg --purge holdfast-agent
        rm -rf /etc/holdfast /var/lib/holdfast /etc/polkit-1/rules.d/50-holdfast-agent.rules
        rm -f /etc/systemd/system/*.d/50-holdfast.conf
        systemctl daemon-reload
        """);
  }

  private long rootsOn(String host) {
    return lab.run(host, "cat", "/etc/holdfast/tls/ca.crt")
        .lines()
        .filter(line -> line.contains("BEGIN CERTIFICATE"))
        .count();
  }
}
