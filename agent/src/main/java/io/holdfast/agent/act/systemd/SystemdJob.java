package io.holdfast.agent.act.systemd;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.job.GuardedJob;
import io.holdfast.agent.act.job.JobOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Jobs that systemd runs, each an instance of the template of its kind. */
final class SystemdJob extends GuardedJob {
  private static final Duration PATIENCE = JobRequest.LONGEST.plusMinutes(1);

  private final JobPlaces places;
  private final Surroundings around;
  private final Connection connection;
  private final Map<String, Unit> units;
  private final Map<String, UnitWork> works = new HashMap<>();

  /**
   * @param units of jobs, which the connection looks after
   */
  SystemdJob(
      JobPlaces places, Surroundings around, Connection connection, Map<String, Unit> units) {
    super(around.worker(), around.context());
    this.places = places;
    this.around = around.unheard(PATIENCE);
    this.connection = connection;
    this.units = units;
  }

  @Override
  public void allow(Map<String, AllowedTask> changed) {
    super.allow(changed);
    try {
      around.worker().execute(() -> look(changed));
    } catch (RejectedExecutionException e) {
      units.clear(); // the agent ends
    }
  }

  private void look(Map<String, AllowedTask> changed) {
    units.keySet().retainAll(changed.keySet());
    List<Unit> fresh = new ArrayList<>();
    changed.forEach(
        (job, allowed) -> {
          String name = HostFiles.jobUnit(job, allowed.task().kind());
          Unit known = units.get(job);
          if (known == null || !known.name().equals(name)) {
            Unit unit = new Unit(job, name, around);
            units.put(job, unit);
            works.put(job, new UnitWork(unit, around));
            fresh.add(unit);
          }
        });
    CompletableFuture<Void> unused = connection.introduce(fresh);
  }

  @Override
  protected CompletableFuture<ActionOutcome> begin(JobOrder order, AllowedTask allowed) {
    String job = order.request().job();
    try {
      Path directory = Files.createDirectories(places.requests().resolve(job));
      Files.writeString(directory.resolve(JobOrder.FILE), order.text());
    } catch (IOException e) {
      return CompletableFuture.completedFuture(
          new ActionOutcome.Failed("the request of a job cannot be written: " + e));
    }
    return work(job).start();
  }

  @Override
  protected CompletableFuture<ActionOutcome> end(String job) {
    return work(job).kill();
  }

  /** Also of a job that left the list while it ran: it is ended all the same. */
  private UnitWork work(String job) {
    return Objects.requireNonNull(works.get(job));
  }

  @Override
  protected Path report(String job) {
    return places.reports().resolve("job-" + job);
  }

  @Override
  public void close() {
    // The worker and the connection are the services'.
  }
}
