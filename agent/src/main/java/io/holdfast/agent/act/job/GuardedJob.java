package io.holdfast.agent.act.job;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.Job;
import io.holdfast.agent.act.JobOutcome;
import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.JobRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** The rules of every job, whoever is the parent of its process. */
public abstract class GuardedJob implements Job {
  private final ScheduledExecutorService worker;
  private final Executor context;
  private final Map<String, ActiveRun> active = new HashMap<>();
  private volatile Map<String, AllowedTask> allowed = Map.of();

  /**
   * Allows nothing yet.
   *
   * @param worker one thread, on which all of this is done
   * @param context on which everything is told
   */
  protected GuardedJob(ScheduledExecutorService worker, Executor context) {
    this.worker = worker;
    this.context = context;
  }

  /**
   * Starts the process; on the worker.
   *
   * @return done when the process has ended well
   */
  protected abstract CompletableFuture<ActionOutcome> begin(JobOrder order, AllowedTask allowed);

  /**
   * Kills what there is of the job; on the worker.
   *
   * @return done when it is proved that nothing is left
   */
  protected abstract CompletableFuture<ActionOutcome> end(String job);

  /** Where the job's process writes its report. */
  protected abstract Path report(String job);

  @Override
  public void allow(Map<String, AllowedTask> changed) {
    allowed = Map.copyOf(changed);
  }

  @Override
  public final JobRun run(JobRequest request, Consumer<String> progress) {
    ActiveRun run = new ActiveRun(this, request, progress);
    try {
      worker.execute(() -> begin(run));
    } catch (RejectedExecutionException e) {
      run.finish(new JobOutcome.Failed("the agent is ending"));
    }
    return run;
  }

  private void begin(ActiveRun run) {
    JobRequest request = run.request();
    Optional<AllowedTask> entry = Optional.ofNullable(allowed.get(request.job()));
    if (entry.isEmpty()) {
      run.finish(
          new JobOutcome.Refused(
              request.job()
                  + " is not among the jobs that agent.yaml of this host allows: "
                  + List.copyOf(allowed.keySet())));
    } else if (!entry.get().task().equals(request.task())) {
      run.finish(
          new JobOutcome.Refused(
              "agent.yaml of this host allows "
                  + entry.get().task().described()
                  + ", not "
                  + request.task().described()));
    } else {
      ActiveRun before = active.putIfAbsent(request.job(), run);
      if (before == null) {
        run.begin(entry.get());
      } else {
        run.finish(before.isFinished() ? new JobOutcome.Hanging() : alreadyRuns(request));
      }
    }
  }

  private static JobOutcome alreadyRuns(JobRequest request) {
    return new JobOutcome.Refused(request.job() + " runs already; one at a time is allowed");
  }

  /** Nothing is left of the run: the job may be begun again. */
  void release(ActiveRun run) {
    active.remove(run.request().job(), run);
  }

  ScheduledExecutorService worker() {
    return worker;
  }

  Executor context() {
    return context;
  }
}
