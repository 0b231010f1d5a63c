package io.holdfast.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.Job;
import io.holdfast.agent.act.JobOutcome;
import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.JobRun;
import io.holdfast.agent.act.JobTask;
import io.holdfast.agent.observe.Probers;
import io.holdfast.agent.testing.Probing;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ProbeResult.Failed;
import io.holdfast.core.health.ProbeResult.Inconclusive;
import io.holdfast.core.health.ProbeResult.Passed;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the outcomes of a job mean for a service. */
class WriteCheckTest {
  private static final Probe DISK = new Probe.Write("disk", Duration.ofSeconds(2));
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** A job that ends so. */
  private final class Ending implements Job, JobRun {
    private final CompletionStage<JobOutcome> outcome;

    Ending(CompletionStage<JobOutcome> outcome) {
      this.outcome = outcome;
    }

    @Override
    public JobRun run(JobRequest request, Consumer<String> progress) {
      return this;
    }

    @Override
    public CompletionStage<JobOutcome> outcome() {
      return outcome;
    }

    @Override
    public void cancel() {
      cancelled.set(true);
    }

    @Override
    public void allow(Map<String, AllowedTask> changed) {}

    @Override
    public void close() {}
  }

  private Probing probing(CompletionStage<JobOutcome> outcome) {
    Map<String, AllowedTask> allowed =
        Map.of(
            "disk",
            new AllowedTask("postgres", new JobTask.WriteProbe(Path.of("/var/lib/postgresql"))));
    return new Probing(
        vertx,
        new Probers(
            vertx,
            (tcp, run) -> run.passed(),
            (http, run) -> run.passed(),
            (file, run) -> run.passed(),
            (postgres, run) -> run.passed(),
            new WriteCheck(new Ending(outcome), allowed)));
  }

  private ProbeResult after(JobOutcome outcome) {
    return probing(CompletableFuture.completedFuture(outcome)).run(DISK, TIMEOUT);
  }

  @Test
  void aWriteInTimePasses() {
    assertThat(after(new JobOutcome.Written(Duration.ofSeconds(2)))).isEqualTo(new Passed());
  }

  @Test
  void aSlowFailedOrHangingWriteIsTheDisks() {
    assertThat(after(new JobOutcome.Written(Duration.ofMillis(3_100))))
        .isEqualTo(
            new Failed(
                ReasonCode.WRITE_TOO_SLOW,
                "a write and fsync in /var/lib/postgresql took 3.1 s, 2 s are allowed"));
    assertThat(after(new JobOutcome.OutOfTime("writing")))
        .isEqualTo(
            new Failed(
                ReasonCode.WRITE_TOO_SLOW,
                "a write and fsync in /var/lib/postgresql did not end within 9.5 s, 2 s are"
                    + " allowed"));
    assertThat(after(new JobOutcome.NotWritten(true, "/d: Read-only file system")))
        .isEqualTo(new Failed(ReasonCode.READ_ONLY, "/d: Read-only file system"));
    assertThat(after(new JobOutcome.NotWritten(false, "/d: No space left on device")))
        .isEqualTo(new Failed(ReasonCode.WRITE_FAILED, "/d: No space left on device"));
    assertThat(after(new JobOutcome.Hanging())).isInstanceOf(Failed.class);
    for (ReasonCode code :
        new ReasonCode[] {
          ReasonCode.WRITE_TOO_SLOW, ReasonCode.WRITE_FAILED, ReasonCode.READ_ONLY
        }) {
      assertThat(code.restartCanHelp()).as(code.name()).isFalse();
    }
  }

  @Test
  void whereNoWriteWasTriedNothingIsKnown() {
    for (JobOutcome outcome :
        new JobOutcome[] {
          new JobOutcome.Refused("install it"),
          new JobOutcome.Failed("it died"),
          new JobOutcome.OutOfTime(""),
          new JobOutcome.Cancelled()
        }) {
      assertThat(after(outcome)).as(outcome.toString()).isInstanceOf(Inconclusive.class);
    }
    assertThat(
            probing(new CompletableFuture<>())
                .run(new Probe.Write("other", Duration.ofSeconds(1)), TIMEOUT))
        .isEqualTo(
            new Inconclusive(
                ReasonCode.PROBE_BROKEN,
                "the job other is not in agent.yaml of this host: add it to jobs"));
  }

  @Test
  void aJobThatNobodyAnswersForIsCancelledAndNothingIsKnown() {
    assertThat(probing(new CompletableFuture<>()).run(DISK, Duration.ofMillis(600)))
        .isInstanceOf(Inconclusive.class);
    assertThat(cancelled).isTrue();
  }
}
