package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second build under a running system. */
@ExtendWith(JournalOnFailure.class)
class UpgradeIT {
  private static final String SUFFIX = "second";
  private static final List<String> UNITS =
      List.of("api-server.service", "trading-engine.service", "data-collector.service");

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);

  @Test
  void anUpgradeReachesEveryHostAndTouchesNoService() {
    fleet.untilAllIsWell();
    Map<String, Long> before = processes();
    String first = build("trade-a");
    String packages = lab.command("package", "--build-id", SUFFIX).outOrThrow();
    Path folder = Path.of(packages.lines().findFirst().orElseThrow()).getParent();
    Ran ran =
        lab.command("lab", "play", "upgrade.yml", "-e", "holdfast_packages_directory=" + folder);
    assertThat(ran.exitCode()).as(ran.out() + ran.error()).isZero();
    fleet.untilAllIsWell();
    assertThat(build("trade-a")).isNotEqualTo(first).contains(SUFFIX);
    assertThat(build("trade-b")).isEqualTo(build("trade-a"));
    assertThat(lab.run(Fleet.COLLECTOR_HOST, "holdfast-collector", "--version")).contains(SUFFIX);
    assertThat(processes()).isEqualTo(before);
  }

  private String build(String host) {
    return fleet.host(host).path("agent_build").asText();
  }

  private Map<String, Long> processes() {
    Map<String, Long> found = new TreeMap<>();
    UNITS.forEach(unit -> found.put(unit, fleet.mainPid("trade-a", unit)));
    return found;
  }
}
