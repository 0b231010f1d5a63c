package io.holdfast.agent.act.job;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.JobOutcome;
import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.JobRun;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run: what is left of the one before is ended, the process begun, its report read; it is ended
 * at its deadline or when somebody cancels it. All on the worker.
 */
final class ActiveRun implements JobRun {
  private static final long LOOK_MILLIS = 250;

  private final GuardedJob jobs;
  private final JobRequest request;
  private final Consumer<String> progress;
  private final String id = UUID.randomUUID().toString();
  private final CompletableFuture<JobOutcome> outcome = new CompletableFuture<>();
  private final List<Future<?>> timers = new ArrayList<>();
  private volatile boolean finished;
  private boolean begun;
  private boolean ending;
  private String stage = "";

  ActiveRun(GuardedJob jobs, JobRequest request, Consumer<String> progress) {
    this.jobs = jobs;
    this.request = request;
    this.progress = progress;
  }

  JobRequest request() {
    return request;
  }

  /** Whether its outcome is told; its process may yet be there. */
  boolean isFinished() {
    return finished;
  }

  @Override
  public CompletionStage<JobOutcome> outcome() {
    return outcome;
  }

  @Override
  public void cancel() {
    try {
      jobs.worker().execute(() -> end(new JobOutcome.Cancelled()));
    } catch (RejectedExecutionException e) {
      finish(new JobOutcome.Cancelled()); // the agent ends
    }
  }

  void begin(AllowedTask allowed) {
    timers.add(
        jobs.worker().schedule(this::overdue, request.within().toMillis(), TimeUnit.MILLISECONDS));
    CompletableFuture<Void> unused =
        jobs.end(request.job())
            .handleAsync(
                (tidied, failure) -> {
                  start(allowed, readable(tidied, failure));
                  return null;
                },
                jobs.worker());
  }

  private void start(AllowedTask allowed, ActionOutcome tidied) {
    if (finished || !(tidied instanceof ActionOutcome.Done)) {
      jobs.release(this);
      finish(told(tidied));
      return;
    }
    begun = true;
    timers.add(
        jobs.worker()
            .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS));
    CompletableFuture<Void> unused =
        jobs.begin(new JobOrder(id, request), allowed)
            .handleAsync(
                (ended, failure) -> {
                  ended(readable(ended, failure));
                  return null;
                },
                jobs.worker());
  }

  private void ended(ActionOutcome how) {
    if (ending) {
      return; // whoever ends it tells and releases
    }
    jobs.release(this);
    JobReport report = JobReport.of(id, jobs.report(request.job()));
    heard(report);
    finish(report.outcome().orElseGet(() -> told(how)));
  }

  /** What the end of the process itself says, where the job said nothing. */
  private static JobOutcome told(ActionOutcome how) {
    return switch (how) {
      case ActionOutcome.Done done ->
          new JobOutcome.Failed("the job ended without a result; see its log");
      case ActionOutcome.Overtaken other -> new JobOutcome.Failed(other.detail());
      case ActionOutcome.Failed failed -> new JobOutcome.Failed(failed.detail());
      case ActionOutcome.Refused refused -> new JobOutcome.Refused(refused.detail());
    };
  }

  private static ActionOutcome readable(ActionOutcome how, Throwable failure) {
    return failure == null ? how : new ActionOutcome.Failed(String.valueOf(failure.getMessage()));
  }

  private void look() {
    heard(JobReport.of(id, jobs.report(request.job())));
  }

  private void heard(JobReport report) {
    if (!report.stage().equals(stage)) {
      stage = report.stage();
      String now = stage;
      jobs.context().execute(() -> progress.accept(now));
    }
  }

  private void overdue() {
    if (begun) {
      look();
      end(new JobOutcome.OutOfTime(stage));
    } else {
      finish(new JobOutcome.Hanging());
    }
  }

  /** The outcome is told at once: what hangs in the kernel does not hold it up. */
  private void end(JobOutcome how) {
    if (finished) {
      return;
    }
    if (!begun) {
      finish(how); // start() then begins nothing
      return;
    }
    ending = true;
    finish(how);
    CompletableFuture<Void> unused =
        jobs.end(request.job())
            .handleAsync(
                (ended, failure) -> {
                  jobs.release(this);
                  return null;
                },
                jobs.worker());
  }

  void finish(JobOutcome how) {
    if (!finished) {
      finished = true;
      timers.forEach(timer -> timer.cancel(false));
      jobs.context().execute(() -> outcome.complete(how));
    }
  }
}
