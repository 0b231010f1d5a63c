package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an agent does about real units that break in every way. */
@ExtendWith(JournalOnFailure.class)
class HealedUnitsIT {
  private static final String HOST = "trade-a";
  private static final String UNIT = "api-server.service";
  private static final String SERVICE = "api_server";
  private static final String DROP_IN = "/etc/systemd/system/" + UNIT + ".d/99-broken.conf";

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);
  private long before;
  private long pid;

  @BeforeEach
  void begin() {
    fleet.untilAllIsWell();
    before = fleet.position();
    pid = fleet.mainPid(HOST, UNIT);
  }

  /** Whatever a test broke is whole again, and the unit runs. */
  @AfterEach
  void mend() {
    lab.exec(HOST, "systemctl", "unmask", UNIT);
    lab.exec(HOST, "sh", "-c", "test ! -e /root/unit || mv /root/unit /etc/systemd/system/" + UNIT);
    lab.run(HOST, "rm", "-f", DROP_IN);
    lab.run(HOST, "systemctl", "daemon-reload");
    lab.exec(HOST, "systemctl", "start", UNIT);
    fleet.untilHealthy(SERVICE);
  }

  @Test
  void aKilledUnitRunsAgain() {
    lab.run(HOST, "kill", "-9", Long.toString(pid));
    untilItRunsAgain();
    assertThat(told()).contains("\"signal\":9").contains("verified");
  }

  @Test
  void aUnitThatHangsIsRestarted() {
    lab.run(HOST, "kill", "-STOP", Long.toString(pid));
    untilItRunsAgain();
    assertThat(told()).contains("TIMED_OUT");
  }

  @Test
  void aUnitThatFailsAtStartIsToldWithItsLastWords() {
    breakWith("ExecStart=\nExecStart=/bin/sh -c 'echo no room for the api >&2; exit 3'\n");
    lab.run(HOST, "kill", "-9", Long.toString(pid));
    fleet.until("the last words are told", () -> told().contains("no room for the api"));
    assertThat(told()).contains("\"exit_code\":3");
    assertThat(fleet.isHealthy(SERVICE)).isFalse();
  }

  @Test
  void aMaskedUnitIsLeftAloneAndItIsSaidHowToUnmaskIt() {
    lab.run(HOST, "mv", "/etc/systemd/system/" + UNIT, "/root/unit");
    lab.run(HOST, "systemctl", "mask", UNIT);
    lab.run(HOST, "kill", "-9", Long.toString(pid));
    fleet.until("it is told that the unit is masked", () -> told().contains("masked"));
    assertThat(fleet.mainPid(HOST, UNIT)).isZero();
  }

  @Test
  void aUnitThatIsMissingIsToldAsMissing() {
    lab.run(HOST, "mv", "/etc/systemd/system/" + UNIT, "/root/unit");
    lab.run(HOST, "systemctl", "daemon-reload");
    lab.run(HOST, "kill", "-9", Long.toString(pid));
    fleet.until("it is told that there is no such unit", () -> told().contains("does not exist"));
  }

  private void breakWith(String content) {
    lab.run(HOST, "mkdir", "-p", DROP_IN.substring(0, DROP_IN.lastIndexOf('/')));
    lab.run(HOST, "sh", "-c", "printf '[Service]\\n%b' \"$1\" >" + DROP_IN, "sh", content);
    lab.run(HOST, "systemctl", "daemon-reload");
  }

  private void untilItRunsAgain() {
    fleet.until(
        "a new process of " + UNIT,
        () -> fleet.mainPid(HOST, UNIT) != pid && fleet.mainPid(HOST, UNIT) != 0);
    fleet.untilHealthy(SERVICE);
  }

  private String told() {
    List<JsonNode> events = fleet.eventsAfter(before, SERVICE);
    return events.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
  }
}
