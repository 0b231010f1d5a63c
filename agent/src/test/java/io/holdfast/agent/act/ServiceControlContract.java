package io.holdfast.agent.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.act.ActionOutcome.Done;
import io.holdfast.agent.act.ActionOutcome.Failed;
import io.holdfast.agent.act.ActionOutcome.Refused;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessNeverStarted;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import io.holdfast.core.agent.ProcessFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every way of running services must do, tried with real processes. */
public abstract class ServiceControlContract {
  protected static final Duration LONG = Duration.ofMinutes(5);

  @TempDir protected Path temporary;
  protected ExecutorService context;
  protected ServiceControl control;
  protected Heard heard;

  /** A new control of these services: a new agent on the same host. */
  protected abstract ServiceControl open(Map<String, List<String>> commands) throws Exception;

  /** Ends whatever the control left. */
  protected abstract void clearAway() throws Exception;

  /** Where a service's files lie, as this test sees them. */
  protected Path directory() {
    return temporary;
  }

  /** The path of that directory for the service itself. */
  protected Path directoryForServices() {
    return temporary;
  }

  /** Whether the process lives, whose number is one that a service or an event told. */
  protected boolean lives(long pid) throws Exception {
    return isAlive(pid);
  }

  /** Sends a signal to a process, whose number is one that a service or an event told. */
  protected void signal(String signal, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  @BeforeEach
  void beginContext() {
    context = Executors.newSingleThreadExecutor();
  }

  @AfterEach
  void end() throws Exception {
    if (control != null) {
      control.close();
    }
    clearAway();
    context.shutdownNow();
  }

  protected Attached agentBegins(Map<String, List<String>> commands) throws Exception {
    heard = new Heard();
    control = open(commands);
    control.watch(heard);
    return Heard.of(control.attach());
  }

  protected ProcessRunning started(String service) throws Exception {
    assertThat(Heard.of(control.start(service))).isEqualTo(new Done());
    return heard.nextRunning();
  }

  protected void agentBeginsWith(String... command) throws Exception {
    assertThat(agentBegins(Map.of("engine", List.of(command))).failures()).isEmpty();
    assertThat(heard.next()).isEqualTo(new ProcessNeverStarted("engine"));
  }

  /** A service that starts two children, says who they are, and then goes on by this script. */
  protected List<Long> childrenOf(Path file) throws Exception {
    Heard.until("two children", () -> lines(file).size() >= 2);
    return lines(file).stream().map(Long::parseLong).toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Path forServices(Path file) {
    return directoryForServices().resolve(directory().relativize(file));
  }

  protected String withChildren(Path file, String rest) {
    return "sleep 1000 & echo $! >>"
        + forServices(file)
        + "; (trap '' TERM; sleep 1000) & echo $! >>"
        + forServices(file)
        + "; "
        + rest;
  }

  /** Whatever else is known of the end. */
  protected static void assertEnded(ProcessEnded end, ProcessRunning run, int code, int signal) {
    assertThat(new ProcessEnded(end.service(), end.pid(), end.exitCode(), end.signal()))
        .isEqualTo(new ProcessEnded(run.service(), run.pid(), code, signal));
  }

  /** Whether this machine has a process of this number that is not a zombie. */
  protected static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isGone(long pid) {
    try {
      return !lives(pid);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void assertGone(List<Long> pids) throws Exception {
    for (long pid : pids) {
      assertThat(lives(pid)).as("process %d", pid).isFalse();
    }
  }

  @Test
  void startsAServiceAndTellsItsProcess() throws Exception {
    agentBeginsWith("sleep", "1000");
    ProcessRunning running = started("engine");
    assertThat(running.service()).isEqualTo("engine");
    assertThat(running.reattached()).isFalse();
    assertThat(running.since()).isPositive();
    assertThat(lives(running.pid())).isTrue();
  }

  @Test
  void startingARunningServiceLeavesItAlone() throws Exception {
    agentBeginsWith("sleep", "1000");
    ProcessRunning running = started("engine");
    assertThat(Heard.of(control.start("engine"))).isEqualTo(new Done());
    assertThat(lives(running.pid())).isTrue();
    assertThat(heard.all()).hasSize(2);
  }

  @Test
  void tellsAnExitWithItsCodeEvenOneThatLooksLikeASignal() throws Exception {
    agentBeginsWith("bash", "-c", "sleep 0.3; exit 143");
    ProcessRunning running = started("engine");
    assertEnded(heard.nextEnded(), running, 143, 0);
  }

  @Test
  void tellsTheSignalThatEndedAProcessAndStartsItAgain() throws Exception {
    agentBeginsWith("sleep", "1000");
    for (Map.Entry<String, Integer> signal : Map.of("KILL", 9, "TERM", 15, "SEGV", 11).entrySet()) {
      ProcessRunning running = started("engine");
      signal(signal.getKey(), running.pid());
      assertEnded(heard.nextEnded(), running, -1, signal.getValue());
    }
  }

  @Test
  void stopsAServiceThatIgnoresSigterm() throws Exception {
    Path ready = directory().resolve("ready");
    agentBeginsWith(
        "bash", "-c", "trap '' TERM; touch " + forServices(ready) + "; while :; do sleep 1; done");
    ProcessRunning running = started("engine");
    Heard.until("the trap is set", () -> Files.exists(ready));
    assertThat(Heard.of(control.stop("engine", Duration.ofMillis(300)))).isEqualTo(new Done());
    assertThat(lives(running.pid())).isFalse();
    assertEnded(heard.nextEnded(), running, -1, 9);
  }

  @Test
  void givesAServiceTheTimeToEndByItself() throws Exception {
    Path ready = directory().resolve("ready");
    agentBeginsWith(
        "bash",
        "-c",
        "trap 'sleep 0.5; exit 7' TERM; touch " + forServices(ready) + "; while :; do wait; done");
    ProcessRunning running = started("engine");
    Heard.until("the trap is set", () -> Files.exists(ready));
    assertThat(Heard.of(control.stop("engine", LONG))).isEqualTo(new Done());
    assertThat(heard.nextEnded().pid()).isEqualTo(running.pid());
  }

  @Test
  void stoppingWhatDoesNotRunIsDone() throws Exception {
    agentBeginsWith("sleep", "1000");
    assertThat(Heard.of(control.stop("engine", LONG))).isEqualTo(new Done());
    assertThat(Heard.of(control.kill("engine"))).isEqualTo(new Done());
  }

  @Test
  void leavesNoProcessOfAStoppedService() throws Exception {
    Path file = directory().resolve("children");
    agentBeginsWith("bash", "-c", withChildren(file, "sleep 1000"));
    started("engine");
    List<Long> children = childrenOf(file);
    assertThat(Heard.of(control.stop("engine", Duration.ofMillis(300)))).isEqualTo(new Done());
    assertGone(children);
  }

  @Test
  void endsWhatACrashedMainProcessLeft() throws Exception {
    Path file = directory().resolve("children");
    agentBeginsWith("bash", "-c", withChildren(file, "sleep 1000"));
    ProcessRunning running = started("engine");
    List<Long> children = childrenOf(file);
    signal("KILL", running.pid());
    assertThat(heard.nextEnded().pid()).isEqualTo(running.pid());
    started("engine");
    assertGone(children);
  }

  @Test
  void killCutsTheGraceOfAStopShort() throws Exception {
    Path ready = directory().resolve("ready");
    agentBeginsWith(
        "bash", "-c", "trap '' TERM; touch " + forServices(ready) + "; while :; do sleep 1; done");
    started("engine");
    Heard.until("the trap is set", () -> Files.exists(ready));
    var stopped = control.stop("engine", LONG);
    assertThat(Heard.of(control.kill("engine"))).isEqualTo(new Done());
    assertThat(Heard.of(stopped)).isEqualTo(new Done());
    assertThat(heard.nextEnded().signal()).isEqualTo(9);
  }

  @Test
  void restartsAServiceAsANewProcess() throws Exception {
    agentBeginsWith("sleep", "1000");
    ProcessRunning first = started("engine");
    ProcessFact judged = new ProcessFact.Running(first.pid());
    assertThat(Heard.of(control.restart("engine", LONG, judged))).isEqualTo(new Done());
    assertThat(heard.nextEnded().pid()).isEqualTo(first.pid());
    ProcessRunning second = heard.nextRunning();
    assertThat(second.pid()).isNotEqualTo(first.pid());
    assertThat(lives(second.pid())).isTrue();
    assertThat(lives(first.pid())).isFalse();
    assertThat(Heard.of(control.restart("engine", LONG, judged)).overtaken())
        .as("the process that was judged is gone")
        .contains(Long.toString(second.pid()));
    assertThat(lives(second.pid())).isTrue();
  }

  @Test
  void refusesAServiceThatIsNotInTheAllowlist() throws Exception {
    agentBeginsWith("sleep", "1000");
    for (var outcome :
        List.of(
            control.start("database"), control.stop("database", LONG), control.kill("database"))) {
      assertThat(Heard.of(outcome)).isInstanceOf(Refused.class);
      assertThat(Heard.of(outcome).failure()).contains("database").contains("[engine]");
    }
  }

  @Test
  void saysThatACommandDoesNotExist() throws Exception {
    agentBeginsWith("no-such-program", "x");
    ActionOutcome outcome = Heard.of(control.start("engine"));
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(outcome.failure()).contains("no-such-program").contains("not found");
    assertThat(heard.all().getLast()).isNotInstanceOf(ProcessRunning.class);
  }

  @Test
  void aNewAgentTakesOverARunningServiceUntouched() throws Exception {
    agentBeginsWith("sleep", "1000");
    ProcessRunning running = started("engine");
    control.close();
    Attached attached = agentBegins(Map.of("engine", List.of("sleep", "1000")));
    assertThat(attached).isEqualTo(new Attached(List.of("engine"), Map.of()));
    assertThat(heard.nextRunning())
        .isEqualTo(new ProcessRunning("engine", running.pid(), running.since(), true));
    assertThat(lives(running.pid())).isTrue();
    assertThat(Heard.of(control.stop("engine", LONG))).isEqualTo(new Done());
    assertThat(lives(running.pid())).isFalse();
  }

  @Test
  void aNewAgentHearsWhatEndedWithoutAnAgent() throws Exception {
    agentBeginsWith("sleep", "1000");
    ProcessRunning running = started("engine");
    control.close();
    signal("KILL", running.pid());
    Heard.until("the process is gone", () -> isGone(running.pid()));
    Attached attached = agentBegins(Map.of("engine", List.of("sleep", "1000")));
    assertThat(attached.reattached()).isEmpty();
    Heard.until(
        "the end is told",
        () ->
            heard.all().stream().anyMatch(e -> e instanceof ProcessEnded end && end.signal() == 9));
    ProcessEnded end =
        heard.all().stream()
            .filter(ProcessEnded.class::isInstance)
            .map(ProcessEnded.class::cast)
            .findFirst()
            .orElseThrow();
    assertEnded(end, running, -1, 9);
  }

  @Test
  void actsOnSeveralServicesSideBySide() throws Exception {
    List<String> stubborn = List.of("bash", "-c", "trap '' TERM; while :; do sleep 1; done");
    agentBegins(Map.of("slow", stubborn, "quick", List.of("sleep", "1000")));
    assertThat(Heard.of(control.start("slow"))).isEqualTo(new Done());
    var stopped = control.stop("slow", LONG);
    assertThat(Heard.of(control.start("quick"))).isEqualTo(new Done());
    assertThat(stopped.toCompletableFuture()).isNotDone();
    assertThat(Heard.of(control.kill("slow"))).isEqualTo(new Done());
  }

  @Test
  void countsTheMemoryOfAllProcessesOfAService() throws Exception {
    Path file = directory().resolve("children");
    agentBeginsWith("bash", "-c", withChildren(file, "sleep 1000"));
    assertThat(control.residentBytes()).isEmpty();
    started("engine");
    childrenOf(file);
    assertThat(control.residentBytes()).containsOnlyKeys("engine");
    assertThat(control.residentBytes().get("engine")).isGreaterThan(100_000L);
  }
}
