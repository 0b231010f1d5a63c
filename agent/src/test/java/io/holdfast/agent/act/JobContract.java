package io.holdfast.agent.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.act.JobOutcome.Cancelled;
import io.holdfast.agent.act.JobOutcome.Failed;
import io.holdfast.agent.act.JobOutcome.NotWritten;
import io.holdfast.agent.act.JobOutcome.OutOfTime;
import io.holdfast.agent.act.JobOutcome.Refused;
import io.holdfast.agent.act.JobOutcome.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every way of running jobs must do, tried with real processes. */
public abstract class JobContract {
  protected static final String NAME = "it_disk";
  private static final JobTask TASK = new JobTask.WriteProbe(Path.of("/data"));
  private static final Duration LONG = Duration.ofSeconds(15);

  /** Says whose run it is, as the job's program does. */
  private static final String PRELUDE =
      "sed -n '/^run /p' \"$CREDENTIALS_DIRECTORY/request\"; echo $$ >>%s/pids; ";

  private static final String SLOW = "echo stage writing; sleep 1000";

  @TempDir protected Path temporary;
  protected ExecutorService context;
  private final List<String> stages = new CopyOnWriteArrayList<>();
  private Job job;

  /** Jobs whose program is this script of bash: a new agent on the same host. */
  protected abstract Job open(String script) throws Exception;

  /** Where the script's files lie, as this test sees them. */
  protected Path directory() {
    return temporary;
  }

  /** The path of that directory for the script. */
  protected Path directoryForScripts() {
    return temporary;
  }

  /** Whether the process lives, whose number is one that a script told. */
  protected abstract boolean lives(long pid) throws Exception;

  /** Who is to do the job. */
  protected abstract String user();

  @BeforeEach
  void beginContext() {
    context = Executors.newSingleThreadExecutor();
  }

  @AfterEach
  void end() {
    if (job != null) {
      job.close();
    }
    context.shutdownNow();
  }

  private void agentBegins(String script) throws Exception {
    job = open(PRELUDE.formatted(directoryForScripts()) + script);
    job.allow(Map.of(NAME, new AllowedTask(user(), TASK)));
  }

  private JobRun begun(Duration within) {
    return job.run(new JobRequest(NAME, TASK, within), stages::add);
  }

  private JobOutcome outcome(Duration within) throws Exception {
    return Heard.of(begun(within).outcome());
  }

  private List<Long> pids() throws IOException {
    Path file = directory().resolve("pids");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Long::parseLong).toList()
        : List.of();
  }

  private void untilNothingIsLeft() throws Exception {
    Heard.until("the job's processes are gone", () -> !anyLives());
  }

  private boolean anyLives() {
    try {
      for (long pid : pids()) {
        if (lives(pid)) {
          return true;
        }
      }
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void untilItWrites() throws Exception {
    Heard.until("the job tells its stage", () -> stages.contains("writing"));
  }

  @Test
  void progressAndResultAreTold() throws Exception {
    agentBegins("echo stage writing; sleep 0.6; echo written 5000000");
    assertThat(outcome(LONG)).isEqualTo(new Written(Duration.ofMillis(5)));
    assertThat(stages).containsExactly("writing");
  }

  @Test
  void whatTheJobSaysOfTheFileSystemAndOfItselfIsTold() throws Exception {
    agentBegins(
        "case $(wc -l <%s/pids) in 1) echo read_only no writes;; 2) echo not_written no space;;"
                .formatted(directoryForScripts())
            + " *) echo refused not so;; esac");
    assertThat(outcome(LONG)).isEqualTo(new NotWritten(true, "no writes"));
    assertThat(outcome(LONG)).isEqualTo(new NotWritten(false, "no space"));
    assertThat(outcome(LONG)).isEqualTo(new Refused("not so"));
  }

  @Test
  void whatIsNotAllowedIsRefusedWithoutAProcess() throws Exception {
    agentBegins("echo written 1");
    JobRequest unlisted = new JobRequest("it_other", TASK, LONG);
    assertThat(Heard.of(job.run(unlisted, stages::add).outcome()))
        .isEqualTo(
            new Refused(
                "it_other is not among the jobs that agent.yaml of this host allows: [it_disk]"));
    JobRequest elsewhere = new JobRequest(NAME, new JobTask.WriteProbe(Path.of("/etc")), LONG);
    assertThat(Heard.of(job.run(elsewhere, stages::add).outcome()))
        .isEqualTo(
            new Refused(
                "agent.yaml of this host allows write_probe in /data, not write_probe in /etc"));
    job.allow(Map.of());
    assertThat(outcome(LONG)).isInstanceOf(Refused.class);
    assertThat(pids()).isEmpty();
  }

  @Test
  void oneRunAtATime() throws Exception {
    agentBegins(SLOW);
    JobRun first = begun(LONG);
    untilItWrites();
    assertThat(outcome(LONG))
        .isEqualTo(new Refused(NAME + " runs already; one at a time is allowed"));
    first.cancel();
    assertThat(Heard.of(first.outcome())).isEqualTo(new Cancelled());
    untilNothingIsLeft();
    assertThat(pids()).hasSize(1);
  }

  @Test
  void aRunThatIsTooLateIsKilledAndTheNextOneWorks() throws Exception {
    agentBegins(
        "test $(wc -l <%s/pids) = 1 || { echo written 7; exit; }; ".formatted(directoryForScripts())
            + SLOW);
    assertThat(outcome(Duration.ofMillis(2_500))).isEqualTo(new OutOfTime("writing"));
    untilNothingIsLeft();
    Heard.until("it can be begun again", this::works);
  }

  private boolean works() {
    try {
      return outcome(LONG).equals(new Written(Duration.ofNanos(7)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aProcessThatEndsWithoutAResultIsAFailure() throws Exception {
    agentBegins("echo stage writing; kill -KILL $$");
    assertThat(outcome(LONG)).isInstanceOf(Failed.class);
  }

  @Test
  void aReportOfAnotherRunIsNotTaken() throws Exception {
    agentBegins("echo run another; echo written 1");
    assertThat(outcome(LONG)).isInstanceOf(Failed.class);
  }

  @Test
  void aRunOfAnAgentThatIsGoneIsEndedBeforeTheNext() throws Exception {
    agentBegins(SLOW);
    begun(LONG);
    untilItWrites();
    long old = pids().getFirst();
    job.close();
    agentBegins("echo written 9");
    assertThat(outcome(LONG)).isEqualTo(new Written(Duration.ofNanos(9)));
    Heard.until("the run before is gone", () -> !livesNow(old));
  }

  private boolean livesNow(long pid) {
    try {
      return lives(pid);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
