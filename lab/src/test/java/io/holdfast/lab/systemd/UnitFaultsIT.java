package io.holdfast.lab.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ActionOutcome.Done;
import io.holdfast.agent.act.ActionOutcome.Failed;
import io.holdfast.agent.act.ActionOutcome.Refused;
import io.holdfast.agent.act.Attached;
import io.holdfast.agent.act.Heard;
import io.holdfast.agent.act.systemd.SystemdServiceControl;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessLost;
import io.holdfast.core.agent.AgentEvent.ProcessNeverStarted;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import io.holdfast.core.agent.ProcessFact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with units, and what the agent says and does about it. */
class UnitFaultsIT {
  private static final String UNIT = "it-fault.service";
  private static final Map<String, String> UNITS = Map.of("engine", UNIT);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final ProcessFact UNJUDGED = new ProcessFact.Unknown();

  private final UnitHost host = new UnitHost();
  private final ExecutorService context = Executors.newSingleThreadExecutor();
  private final Heard heard = new Heard();
  private SystemdServiceControl control;

  @BeforeEach
  void emptyDirectory() {
    host.makeDirectory();
  }

  @AfterEach
  void end() throws Exception {
    if (control != null) {
      control.close();
    }
    host.tried("systemctl", "start", "dbus.service");
    host.clear();
    context.shutdownNow();
  }

  private Attached begins(String settings, String script) throws Exception {
    host.write(Map.of(UNIT, UnitHost.service(settings, List.of("/bin/bash", "-c", script))));
    return watches();
  }

  private Attached watches() throws Exception {
    control = host.control(UNITS, context, Duration.ofSeconds(3));
    control.watch(heard);
    return Heard.of(control.attach());
  }

  private ActionOutcome restarted(ProcessFact judged) throws Exception {
    return Heard.of(control.restart("engine", GRACE, judged));
  }

  private ActionOutcome started() throws Exception {
    return Heard.of(control.start("engine"));
  }

  @Test
  void aFailedUnitTellsResultCodeAndItsLastLines() throws Exception {
    String script =
        "echo loading; for i in 1 2 3 4 5 6; do echo line $i; done; printf 'a\\033[2Jb\\n' >&2;"
            + " sleep 0.3; exit 7";
    begins("Type=exec\n", script);
    heard.next();
    assertThat(started()).isEqualTo(new Done());
    ProcessRunning running = heard.nextRunning();
    ProcessEnded ended = heard.nextEnded();
    assertThat(ended.pid()).isEqualTo(running.pid());
    assertThat(ended.exitCode()).isEqualTo(7);
    assertThat(ended.ending().result()).isEqualTo("exit-code");
    assertThat(ended.ending().restarts()).isZero();
    assertThat(ended.ending().lastLines())
        .containsExactly("line 3", "line 4", "line 5", "line 6", "a [2Jb");
  }

  @Test
  void whatFailsBeforeItsProcessIsToldToo() throws Exception {
    begins("Type=exec\nExecStartPre=/bin/false\n", "sleep 1000");
    heard.next();
    assertThat(started().failure())
        .contains("starting " + UNIT, "a command before its main process failed")
        .contains("journalctl -u " + UNIT);
    ProcessEnded ended = heard.nextEnded();
    assertThat(ended.pid()).isZero();
    assertThat(ended.ending().result()).isEqualTo("exit-code");
  }

  @Test
  void aUnitThatSystemdRestartsIsOnlyObserved() throws Exception {
    Attached attached = begins("Restart=always\nRestartSec=100ms\n", "sleep 1000");
    assertThat(attached.failures().get("engine")).contains("Restart=always", "render dropin");
    heard.next();
    assertThat(started()).isInstanceOf(Refused.class);
    host.run("systemctl", "start", UNIT);
    ProcessRunning running = heard.nextRunning();
    ActionOutcome refused = restarted(UNJUDGED);
    assertThat(refused.failure())
        .contains("systemd itself restarts it-fault.service: Restart=always")
        .contains("/etc/systemd/system/it-fault.service.d/50-holdfast.conf");
    assertThat(Heard.of(control.kill("engine"))).isInstanceOf(Refused.class);
    host.run("kill", "-KILL", Long.toString(running.pid()));
    assertThat(heard.nextEnded().pid()).isEqualTo(running.pid());
    assertThat(heard.nextRunning().pid()).isNotEqualTo(running.pid());
    host.run("kill", "-KILL", host.run("systemctl", "show", "-P", "MainPID", UNIT));
    assertThat(heard.nextEnded().ending().restarts()).isEqualTo(1);
  }

  @Test
  void aMaskedUnitIsNotStartedButStopped() throws Exception {
    begins("Type=exec\n", "sleep 1000");
    heard.next();
    assertThat(started()).isEqualTo(new Done());
    host.run("systemctl", "mask", UNIT);
    assertThat(restarted(UNJUDGED).failure()).contains("is masked", "systemctl unmask " + UNIT);
    assertThat(Heard.of(control.stop("engine", GRACE))).isEqualTo(new Done());
    assertThat(started()).isInstanceOf(Refused.class);
  }

  @Test
  void aMissingOrUnreadableUnitIsNamedAndNeedsNoNewAgent() throws Exception {
    Attached attached = watches();
    assertThat(attached.failures().get("engine")).contains("there is no unit " + UNIT, "install");
    assertThat(heard.next()).isEqualTo(new ProcessNeverStarted("engine"));
    assertThat(started().failure()).contains("there is no unit " + UNIT);
    assertThat(Heard.of(control.stop("engine", GRACE))).isEqualTo(new Done());
    host.write(Map.of(UNIT, "[Service]\nType=exec\n"));
    assertThat(started().failure()).contains("systemd cannot read", "systemd-analyze verify");
    host.write(Map.of(UNIT, UnitHost.service("Type=exec\n", List.of("/bin/sleep", "1000"))));
    assertThat(started()).isEqualTo(new Done());
    heard.nextRunning();
  }

  @Test
  void anAliasIsRefused() throws Exception {
    host.write(Map.of(UNIT, UnitHost.service("Type=exec\n", List.of("/bin/sleep", "1000"))));
    host.run("ln", "-sf", UNIT, "/run/systemd/system/it-alias.service");
    try {
      host.run("systemctl", "daemon-reload");
      control = host.control(Map.of("engine", "it-alias.service"), context, GRACE);
      Heard.of(control.attach());
      assertThat(started().failure()).contains("it-alias.service is another name of " + UNIT);
    } finally {
      host.run("rm", "/run/systemd/system/it-alias.service");
    }
  }

  @Test
  void aUnitThatHangsAtItsStopIsKilledAfterTheGrace() throws Exception {
    begins("Type=exec\nExecStop=/bin/sleep 1000\n", "trap '' TERM; while :; do sleep 1; done");
    heard.next();
    assertThat(started()).isEqualTo(new Done());
    ProcessRunning running = heard.nextRunning();
    assertThat(restarted(UNJUDGED)).isEqualTo(new Done());
    assertThat(heard.nextEnded().signal()).isEqualTo(9);
    assertThat(heard.nextRunning().pid()).isNotEqualTo(running.pid());
    assertThat(Heard.of(control.stop("engine", GRACE))).isEqualTo(new Done());
    assertThat(host.run("systemctl", "show", "-P", "ControlGroup", UNIT)).isEmpty();
  }

  @Test
  void aStartThatTimesOutSaysSo() throws Exception {
    begins("Type=notify\nTimeoutStartSec=1\n", "sleep 1000");
    heard.next();
    assertThat(started().failure()).contains("TimeoutStartSec that it is ready (Result=timeout)");
    heard.nextRunning();
    assertThat(heard.nextEnded().ending().result()).isEqualTo("timeout");
  }

  @Test
  void aUnitThatIsStartingForEverIsNotWaitedForForEver() throws Exception {
    begins("Type=notify\nTimeoutStartSec=infinity\n", "sleep 1000");
    heard.next();
    ActionOutcome outcome = started();
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(outcome.failure())
        .contains("did not end within 3 s; it is activating (start)", "TimeoutStartSec");
    assertThat(Heard.of(control.stop("engine", GRACE))).isEqualTo(new Done());
  }

  @Test
  void tooManyStartsAreExplained() throws Exception {
    String limits = "StartLimitIntervalSec=1000\nStartLimitBurst=2\n";
    host.write(
        Map.of(UNIT, "[Unit]\n" + limits + UnitHost.service("Type=exec\n", List.of("/bin/false"))));
    watches();
    heard.next();
    List<String> failures = IntStream.range(0, 3).mapToObj(i -> outcomeAfterItsEnd()).toList();
    assertThat(failures.getLast()).contains("too many starts", "StartLimitBurst");
  }

  private String outcomeAfterItsEnd() {
    try {
      String failure = started().failure();
      Heard.until(
          "it is down again", () -> host.tried("systemctl", "is-failed", UNIT).exitCode() == 0);
      return failure;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRestartOfDbusIsSurvivedAndWhatHappenedMeanwhileIsTold() throws Exception {
    begins("Type=exec\n", "sleep 1000");
    heard.next();
    assertThat(started()).isEqualTo(new Done());
    ProcessRunning running = heard.nextRunning();
    host.run("systemctl", "stop", "dbus.socket", "dbus.service");
    Heard.until("actions say why", () -> failureOfStart().contains("D-Bus"));
    Heard.until("nobody knows", () -> heard.all().stream().anyMatch(ProcessLost.class::isInstance));
    host.run("kill", "-KILL", Long.toString(running.pid()));
    host.run("systemctl", "start", "dbus.socket", "dbus.service");
    Heard.until(
        "its end is told",
        () ->
            heard.all().stream()
                .anyMatch(event -> event instanceof ProcessEnded end && end.signal() == 9));
    Heard.until("it can be started again", () -> failureOfStart().isEmpty());
  }

  private String failureOfStart() {
    try {
      return started().failure();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutDbusAtItsBeginningTheAgentBeginsAndFindsItLater() throws Exception {
    host.write(Map.of(UNIT, UnitHost.service("Type=exec\n", List.of("/bin/sleep", "1000"))));
    host.run("systemctl", "start", UNIT);
    host.run("systemctl", "stop", "dbus.socket", "dbus.service");
    Attached attached = watches();
    assertThat(attached.failures().get("engine")).contains("D-Bus", "tries again");
    host.run("systemctl", "start", "dbus.socket", "dbus.service");
    Heard.until(
        "it is found",
        () ->
            heard.all().stream()
                .anyMatch(event -> event instanceof ProcessRunning now && now.reattached()));
  }

  @Test
  void aChangeOfTheAllowlistAddsAndLeavesUnits() throws Exception {
    begins("Type=exec\n", "sleep 1000");
    heard.next();
    assertThat(started()).isEqualTo(new Done());
    ProcessRunning running = heard.nextRunning();
    String other = "it-other.service";
    host.write(Map.of(other, UnitHost.service("Type=exec\n", List.of("/bin/sleep", "1000"))));
    assertThat(Heard.of(control.allow(Map.of("other", other))).failures()).isEmpty();
    assertThat(heard.next()).isEqualTo(new ProcessNeverStarted("other"));
    assertThat(started()).isInstanceOf(Refused.class);
    assertThat(Heard.of(control.start("other"))).isEqualTo(new Done());
    assertThat(host.lives(running.pid())).isTrue();
  }
}
