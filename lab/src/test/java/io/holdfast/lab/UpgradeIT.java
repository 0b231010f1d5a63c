package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Other builds under a running system: one that does not start, and then a good one. */
@ExtendWith(JournalOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeIT {
  private static final String SUFFIX = "second";

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);

  @TempDir private Path temp;

  @Test
  @Order(1)
  void aBuildThatCannotStartStopsAtTheFirstHost() throws IOException {
    fleet.untilAllIsWell();
    Map<String, Long> services = fleet.processes();
    String collector = collectorBuild();
    String build = agentBuild("trade-b");
    long agent = fleet.mainPid("trade-b", Fleet.AGENT);
    breakTheFirstBuild();
    Played played = upgradeFrom(temp.resolve("broken"));
    assertThat(played.exitCode()).as(played.said()).isNotZero();
    assertThat(played.said())
        .contains("The agent of trade-a does not start")
        .contains("The services of that host run on")
        .contains("the hosts after it were left as they are")
        .contains("with packages that start there", "-e holdfast_allow_downgrade=true")
        .contains("this build cannot start");
    assertThat(played.changed()).containsEntry("trade-b", 0).containsEntry("collector-1", 0);
    assertThat(fleet.mainPid("trade-b", Fleet.AGENT)).isEqualTo(agent);
    assertThat(agentBuild("trade-b")).isEqualTo(build);
    assertThat(collectorBuild()).isEqualTo(collector);
    assertThat(fleet.processes()).isEqualTo(services);
  }

  @Test
  @Order(2)
  void anUpgradeReachesEveryHostAndTouchesNoServiceAlsoAfterOneThatStopped() {
    Map<String, Long> services = fleet.processes();
    String first = agentBuild("trade-b");
    String packages = lab.command("package", "--build-id", SUFFIX).outOrThrow();
    Played played = upgradeFrom(Path.of(packages.lines().findFirst().orElseThrow()).getParent());
    assertThat(played.exitCode()).as(played.said()).isZero();
    // An older collector would refuse what only newer agents know to tell.
    assertThat(played.said()).containsSubsequence("Upgrade the collectors", "Upgrade the agents");
    fleet.untilAllIsWell();
    assertThat(agentBuild("trade-a")).isNotEqualTo(first).contains(SUFFIX);
    assertThat(agentBuild("trade-b")).isEqualTo(agentBuild("trade-a"));
    assertThat(collectorBuild()).contains(SUFFIX);
    assertThat(fleet.processes()).isEqualTo(services);
  }

  private Played upgradeFrom(Path packages) {
    // As JSON, for a path may have spaces.
    return Played.of(
        lab, "upgrade.yml", "-e", "{\"holdfast_packages_directory\": \"" + packages + "\"}");
  }

  private String agentBuild(String host) {
    return fleet.host(host).path("agent_build").asText();
  }

  private String collectorBuild() {
    return lab.run(Fleet.COLLECTOR_HOST, "holdfast-collector", "--version");
  }

  /** The agent's package once more, newer than the first build and older than the second. */
  private void breakTheFirstBuild() throws IOException {
    Path script =
        Files.writeString(
            temp.resolve("break"),
            """
            set -eu
            cd "$2"
            mkdir broken
            for deb in "$1"/holdfast-c*_amd64.deb; do ln -s "$deb" broken/; done
            dpkg-deb -R "$1"/holdfast-agent_*_amd64.deb tree
            version=$(sed -n 's/^Version: //p' tree/DEBIAN/control)+broken
            sed -i "s/^Version: .*/Version: $version/" tree/DEBIAN/control
            program=usr/lib/holdfast/agent/bin/holdfast-agent
            sed -i '2i case "${1-}" in *.yaml) echo "this build cannot start" >&2; exit 1 ;; esac' \\
              "tree/$program"
            sum=$(md5sum <"tree/$program" | cut -c 1-32)
            sed -i "s|^[0-9a-f]*  $program$|$sum  $program|" tree/DEBIAN/md5sums
            dpkg-deb -Znone -b tree "broken/holdfast-agent_${version}_amd64.deb"
            rm -r tree
            """);
    Path packages = lab.home().resolve("../../packages/target").normalize();
    String ignored =
        lab.onBridge("sh", script.toString(), packages.toString(), temp.toString()).outOrThrow();
  }
}
