package io.holdfast.agent.app;

import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.Job;
import io.holdfast.agent.act.JobOutcome;
import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.JobRun;
import io.holdfast.agent.act.JobTask;
import io.holdfast.agent.act.job.JobReport;
import io.holdfast.agent.observe.ProbeKind;
import io.holdfast.agent.observe.ProbeRun;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Passes when a job's write is on the disk in time. That a write failed or was slow is said of the
 * disk; where no write was tried, nothing is known.
 */
final class WriteCheck implements ProbeKind<Probe.Write> {

  /** Left of the check's time-out to end a job whose time is over. */
  private static final Duration TO_END = Duration.ofMillis(500);

  private final Job jobs;
  private final Map<String, AllowedTask> allowed;

  /**
   * @param allowed what of it {@code agent.yaml} allows
   */
  WriteCheck(Job jobs, Map<String, AllowedTask> allowed) {
    this.jobs = jobs;
    this.allowed = Map.copyOf(allowed);
  }

  @Override
  public void start(Probe.Write probe, ProbeRun run) {
    AllowedTask entry = allowed.get(probe.job());
    if (entry == null) {
      unknown(run, "the job " + probe.job() + " is not in agent.yaml of this host: add it to jobs");
      return;
    }
    run.inconclusiveWhenLate();
    run.stage("waiting for the job " + probe.job());
    Duration left = run.timeout().minus(TO_END);
    Duration within = left.compareTo(JobRequest.LONGEST) > 0 ? JobRequest.LONGEST : left;
    JobRun job =
        jobs.run(new JobRequest(probe.job(), entry.task(), within), stage -> run.stage(stage));
    run.closeAtEnd(job::cancel);
    String place = place(entry.task());
    job.outcome().thenAccept(outcome -> answer(run, probe, place, within, outcome));
  }

  private static String place(JobTask task) {
    return switch (task) {
      case JobTask.WriteProbe write -> write.directory().toString();
    };
  }

  private static void answer(
      ProbeRun run, Probe.Write probe, String place, Duration within, JobOutcome outcome) {
    String write = "a write and fsync in " + place;
    String allowed = seconds(probe.max()) + " are allowed";
    switch (outcome) {
      case JobOutcome.Written written when written.took().compareTo(probe.max()) <= 0 ->
          run.passed();
      case JobOutcome.Written written ->
          slow(run, write + " took " + seconds(written.took()) + ", " + allowed);
      case JobOutcome.NotWritten not ->
          run.failed(not.readOnly() ? ReasonCode.READ_ONLY : ReasonCode.WRITE_FAILED, not.detail());
      case JobOutcome.OutOfTime late when late.stage().equals(JobReport.WRITING) ->
          slow(run, write + " did not end within " + seconds(within) + ", " + allowed);
      case JobOutcome.OutOfTime late ->
          unknown(run, "the job did not begin to write within " + seconds(within));
      case JobOutcome.Hanging hanging ->
          slow(run, write + " that was begun before still hangs in the kernel");
      case JobOutcome.Refused refused -> unknown(run, refused.detail());
      case JobOutcome.Failed failed -> unknown(run, failed.detail());
      case JobOutcome.Cancelled cancelled -> unknown(run, "the job was cancelled");
    }
  }

  private static void slow(ProbeRun run, String detail) {
    run.failed(ReasonCode.WRITE_TOO_SLOW, detail);
  }

  private static void unknown(ProbeRun run, String detail) {
    run.inconclusive(ReasonCode.PROBE_BROKEN, detail);
  }

  private static String seconds(Duration span) {
    String text = String.format(Locale.ROOT, "%.3f", span.toMillis() / 1e3);
    return text.replaceAll("\\.?0+$", "") + " s";
  }
}
