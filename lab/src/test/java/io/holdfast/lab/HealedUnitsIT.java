package io.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.healing.HeldReason;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an agent does about real units that break in every way. Each test has a unit of its own, so
 * that none finds the attempts of another used up.
 */
@ExtendWith(JournalOnFailure.class)
class HealedUnitsIT {
  private static final String KEPT = "/root/unit";

  private final Lab lab = Lab.find();
  private final Fleet fleet = new Fleet(lab);
  private String host = "";
  private String service = "";
  private String unit = "";
  private long before;
  private long pid;

  @BeforeEach
  void begin() {
    fleet.untilAllIsWell();
    before = fleet.position();
  }

  private void victim(String ofHost, String ofService) {
    host = ofHost;
    service = ofService;
    unit = ofService.replace('_', '-') + ".service";
    pid = fleet.mainPid(host, unit);
    assertThat(pid).as("the process of " + unit).isPositive();
  }

  /** Whatever a test broke is whole again, and the unit runs. */
  @AfterEach
  void mend() {
    lab.run(host, "sh", "-c", "test ! -e %s || mv %s %s".formatted(KEPT, KEPT, unitFile()));
    lab.run(host, "rm", "-f", dropIn());
    lab.run(host, "systemctl", "daemon-reload");
    lab.run(host, "systemctl", "start", unit);
    fleet.untilHealthy(host, service);
  }

  @Test
  void aKilledUnitRunsAgain() {
    victim("trade-b", "web_ui");
    lab.run(host, "kill", "-9", Long.toString(pid));
    untilItRunsAgain();
    fleet.until("the healing is verified", () -> told().contains("heal"));
    assertThat(told()).contains("\"signal\":9");
  }

  @Test
  void aUnitThatHangsIsRestarted() {
    victim("trade-b", "api_server");
    lab.run(host, "kill", "-STOP", Long.toString(pid));
    untilItRunsAgain();
    assertThat(told()).containsIgnoringCase("timed_out");
  }

  @Test
  void aUnitThatFailsAtStartIsToldWithItsLastWords() {
    victim("trade-a", "api_server");
    breakWith("ExecStart=\nExecStart=/bin/sh -c 'echo no room for the api >&2; exit 3'\n");
    lab.run(host, "kill", "-9", Long.toString(pid));
    fleet.until("the last words are told", () -> told().contains("no room for the api"));
    assertThat(fleet.isHealthy(host, service)).isFalse();
  }

  @Test
  void aMaskedUnitIsLeftAloneAndItIsSaidHowToUnmaskIt() {
    victim("trade-a", "web_ui");
    lab.run(host, "mv", unitFile(), KEPT);
    lab.run(host, "systemctl", "mask", unit);
    lab.run(host, "kill", "-9", Long.toString(pid));
    fleet.until("how to unmask it is told", () -> told().contains("systemctl unmask " + unit));
    assertThat(fleet.mainPid(host, unit)).isZero();
  }

  @Test
  void aUnitThatIsMissingIsToldAsMissing() {
    victim("trade-b", "data_collector");
    lab.run(host, "mv", unitFile(), KEPT);
    lab.run(host, "systemctl", "daemon-reload");
    lab.run(host, "kill", "-9", Long.toString(pid));
    fleet.until("that there is no such unit is told", () -> told().contains("there is no unit"));
  }

  /** More often than there are attempts: none of these restarts is the agent's. */
  @Test
  void aUnitThatAnOperatorRestartsIsNotRestartedAgain() {
    victim("trade-a", "data_collector");
    for (int i = 0; i < 4; i++) {
      lab.run(host, "systemctl", "restart", unit);
      long restarted = fleet.mainPid(host, unit);
      assertThat(restarted).isNotEqualTo(pid).isPositive();
      String exit = "\"pid\":\"?" + pid + "\\b";
      fleet.until("its end is told", () -> Pattern.compile(exit).matcher(told()).find());
      fleet.untilHealthy(host, service);
      assertThat(fleet.mainPid(host, unit)).as("still the operator's process").isEqualTo(restarted);
      pid = restarted;
    }
    assertThat(told()).contains(HeldReason.RESTARTED_BY_ANOTHER.name());
  }

  private String unitFile() {
    return "/etc/systemd/system/" + unit;
  }

  private String dropIn() {
    return unitFile() + ".d/99-broken.conf";
  }

  private void breakWith(String content) {
    lab.run(host, "sh", "-c", "printf '[Service]\\n%s' \"$1\" >" + dropIn(), "sh", content);
    lab.run(host, "systemctl", "daemon-reload");
  }

  private void untilItRunsAgain() {
    fleet.until(
        "a new process of " + unit,
        () -> {
          long now = fleet.mainPid(host, unit);
          return now != pid && now != 0;
        });
    fleet.untilHealthy(host, service);
  }

  private String told() {
    return fleet.toldAfter(before, host, service);
  }
}
