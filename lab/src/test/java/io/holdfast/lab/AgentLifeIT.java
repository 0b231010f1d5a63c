package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent that dies, freezes, is restarted or is alone: the services do not notice. */
@ExtendWith(JournalOnFailure.class)
class AgentLifeIT {
  private static final String HOST = "trade-a";
  private static final List<String> UNITS =
      List.of("api-server.service", "trading-engine.service", "web-ui.service");

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);
  private Map<String, Long> services = Map.of();
  private long agent;

  @BeforeEach
  void begin() {
    fleet.untilAllIsWell();
    services = processes();
    agent = fleet.mainPid(HOST, Fleet.AGENT);
  }

  @AfterEach
  void mend() {
    lab.exec(Fleet.COLLECTOR_HOST, "systemctl", "start", Fleet.COLLECTOR);
  }

  @Test
  void aKilledAgentIsBackAndTheServicesWentOn() {
    lab.run(HOST, "kill", "-9", Long.toString(agent));
    untilAnotherAgentGuards();
    assertThat(processes()).isEqualTo(services);
  }

  @Test
  void restartingTheAgentTouchesNoService() {
    lab.run(HOST, "systemctl", "restart", Fleet.AGENT);
    untilAnotherAgentGuards();
    assertThat(processes()).isEqualTo(services);
  }

  @Test
  void aFrozenAgentIsRevivedByItsWatchdog() {
    lab.run(HOST, "kill", "-STOP", Long.toString(agent));
    untilAnotherAgentGuards();
    assertThat(processes()).isEqualTo(services);
    assertThat(lab.run(HOST, "journalctl", "-u", Fleet.AGENT, "-n", "50", "--no-pager"))
        .contains("Watchdog timeout");
  }

  @Test
  void anAgentWithoutCollectorsHealsAndIsNotRestarted() {
    String restarts = fleet.property(HOST, Fleet.AGENT, "NRestarts");
    long before = fleet.position();
    lab.run(Fleet.COLLECTOR_HOST, "systemctl", "stop", Fleet.COLLECTOR);
    Duration gone = collectorsGone();
    long began = System.nanoTime();
    Lab.await(
        gone + " without a collector",
        gone.multipliedBy(2),
        () -> System.nanoTime() - began > gone.toNanos());
    long killed = fleet.mainPid(HOST, UNITS.getFirst());
    lab.run(HOST, "kill", "-9", Long.toString(killed));
    fleet.until(
        "the killed unit runs again",
        () ->
            fleet.property(HOST, UNITS.getFirst(), "ActiveState").equals("active")
                && fleet.mainPid(HOST, UNITS.getFirst()) != killed);
    assertThat(fleet.mainPid(HOST, Fleet.AGENT)).isEqualTo(agent);
    lab.run(Fleet.COLLECTOR_HOST, "systemctl", "start", Fleet.COLLECTOR);
    fleet.untilAllIsWell();
    fleet.until(
        "what happened meanwhile is told",
        () -> fleet.toldAfter(before, HOST, "api_server").contains("\"signal\":9"));
    assertThat(fleet.mainPid(HOST, Fleet.AGENT)).isEqualTo(agent);
    assertThat(fleet.property(HOST, Fleet.AGENT, "NRestarts")).isEqualTo(restarts);
  }

  /**
   * Three times the watchdog's time, which is twice the longest bound of a loop; or longer, where
   * {@code -Dholdfast.collectors.gone=PT10M} says so.
   */
  private Duration collectorsGone() {
    long micros = Long.parseLong(lab.run(HOST, "sh", "-c", watchdogMicros()));
    Duration bound = Duration.ofNanos(micros * 1_000).multipliedBy(3);
    Duration asked = Duration.parse(System.getProperty("holdfast.collectors.gone", "PT0S"));
    return asked.compareTo(bound) > 0 ? asked : bound;
  }

  private static String watchdogMicros() {
    return "busctl get-property org.freedesktop.systemd1"
        + " /org/freedesktop/systemd1/unit/holdfast_2dagent_2eservice"
        + " org.freedesktop.systemd1.Service WatchdogUSec | cut -d' ' -f2";
  }

  private void untilAnotherAgentGuards() {
    fleet.until(
        "another agent guards",
        () -> {
          long now = fleet.mainPid(HOST, Fleet.AGENT);
          return now != agent
              && now != 0
              && fleet.property(HOST, Fleet.AGENT, "ActiveState").equals("active");
        });
    fleet.untilAllIsWell();
  }

  private Map<String, Long> processes() {
    Map<String, Long> found = new TreeMap<>();
    UNITS.forEach(unit -> found.put(unit, fleet.mainPid(HOST, unit)));
    return found;
  }
}
