package io.holdfast.lab.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ActionOutcome.Done;
import io.holdfast.agent.act.ActionOutcome.Overtaken;
import io.holdfast.agent.act.Heard;
import io.holdfast.agent.act.systemd.SystemdServiceControl;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import io.holdfast.core.agent.ProcessFact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The agent is about to restart a unit, and somebody else was first. */
class RestartedUnitIT {
  private static final String UNIT = "it-restarted.service";
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final String LASTING = "sleep 1000";
  private static final String HANGING = "trap '' TERM; while :; do sleep 1; done";

  private final UnitHost host = new UnitHost();
  private final ExecutorService context = Executors.newSingleThreadExecutor();
  private final Heard heard = new Heard();
  private SystemdServiceControl control;

  @AfterEach
  void end() throws Exception {
    if (control != null) {
      control.close();
    }
    host.clear();
    context.shutdownNow();
  }

  /** The unit runs, and the agent knows. */
  private ProcessRunning begins(String settings, String script) throws Exception {
    host.write(Map.of(UNIT, UnitHost.service(settings, List.of("/bin/bash", "-c", script))));
    host.run("systemctl", "start", UNIT);
    control = host.control(Map.of("engine", UNIT), context, Duration.ofSeconds(3));
    control.watch(heard);
    Heard.of(control.attach());
    return heard.nextRunning();
  }

  private CompletionStage<ActionOutcome> restart(ProcessFact judged) {
    return control.restart("engine", GRACE, judged);
  }

  private static ProcessFact fact(ProcessEnded ended) {
    return new ProcessFact.Ended(ended.exitCode(), ended.signal(), ended.ending());
  }

  private long mainPid() {
    return Long.parseLong(host.run("systemctl", "show", "-P", "MainPID", UNIT));
  }

  @Test
  void aUnitThatRunsAgainIsLeftAlone() throws Exception {
    ProcessRunning hung = begins("Type=exec\n", LASTING);
    host.run("systemctl", "restart", UNIT);
    ProcessFact ended = fact(heard.nextEnded());
    ProcessRunning second = heard.nextRunning();
    for (ProcessFact judged : List.of(ended, new ProcessFact.Running(hung.pid()))) {
      ActionOutcome outcome = Heard.of(restart(judged));
      assertThat(outcome).isInstanceOf(Overtaken.class);
      assertThat(outcome.failure()).isEmpty();
      assertThat(outcome.overtaken())
          .contains("somebody else started " + UNIT + " as process " + second.pid());
    }
    assertThat(mainPid()).isEqualTo(second.pid());
  }

  @Test
  void aRestartThatIsUnderWayIsWaitedForAndNotRepeated() throws Exception {
    begins("Type=exec\nExecStopPost=/bin/sleep 1.5\n", LASTING);
    host.run("systemctl", "try-restart", "--no-block", UNIT);
    ProcessFact judged = fact(heard.nextEnded());
    assertThat(mainPid()).as("it is being stopped").isZero();
    assertThat(Heard.of(restart(judged))).isInstanceOf(Overtaken.class);
    assertThat(mainPid()).isEqualTo(heard.nextRunning().pid()).isPositive();
  }

  @Test
  void whatHangsIsKilledThoughSomebodyElseRestartsIt() throws Exception {
    ProcessRunning hung = begins("Type=exec\n", HANGING);
    host.run("systemctl", "restart", "--no-block", UNIT);
    assertThat(Heard.of(restart(new ProcessFact.Running(hung.pid()))))
        .isInstanceOf(Overtaken.class);
    assertThat(heard.nextEnded().signal()).isEqualTo(9);
    assertThat(mainPid()).isEqualTo(heard.nextRunning().pid()).isNotEqualTo(hung.pid());
  }

  @Test
  void aHungProcessThatNobodyRestartedIsRestarted() throws Exception {
    ProcessRunning hung = begins("Type=exec\n", LASTING);
    assertThat(Heard.of(restart(new ProcessFact.Running(hung.pid())))).isEqualTo(new Done());
    assertThat(heard.nextEnded().pid()).isEqualTo(hung.pid());
    assertThat(heard.nextRunning().pid()).isNotEqualTo(hung.pid());
  }

  @Test
  void aStopThatIsUnderWayIsUndone() throws Exception {
    begins("Type=exec\nExecStopPost=/bin/sleep 1\n", LASTING);
    host.run("systemctl", "stop", "--no-block", UNIT);
    assertThat(Heard.of(restart(fact(heard.nextEnded())))).isEqualTo(new Done());
    assertThat(mainPid()).isEqualTo(heard.nextRunning().pid()).isPositive();
  }

  @Test
  void aStartThatNeverEndsIsWaitedForOnceAndThenRestarted() throws Exception {
    String ready = "test -e %s/ready && systemd-notify --ready; rm -f %s/ready; sleep 1000";
    host.makeDirectory();
    host.run("touch", UnitHost.DIRECTORY + "/ready");
    begins(
        "Type=notify\nNotifyAccess=all\nTimeoutStartSec=infinity\n",
        ready.formatted(UnitHost.DIRECTORY, UnitHost.DIRECTORY));
    Heard.until(
        "the next one will not be ready",
        () -> host.tried("test", "-e", UnitHost.DIRECTORY + "/ready").exitCode() != 0);
    host.run("systemctl", "restart", "--no-block", UNIT);
    heard.nextEnded();
    ProcessRunning starting = heard.nextRunning();
    ProcessFact judged = new ProcessFact.Running(starting.pid());
    assertThat(Heard.of(restart(judged)).failure())
        .contains("somebody else's start of " + UNIT + " did not end within");
    CompletionStage<ActionOutcome> unused = restart(judged);
    assertThat(heard.nextEnded().pid()).isEqualTo(starting.pid());
    heard.nextRunning();
  }
}
