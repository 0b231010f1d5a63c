package io.holdfast.agent.act.systemd;

import io.holdfast.core.agent.AgentEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * What all units share.
 *
 * @param context on which everything is told
 * @param worker the one thread on which units are looked after
 * @param bootMillis the boot clock's time of microseconds of the monotonic clock
 * @param startPatience how long a unit may be starting
 */
record Surroundings(
    Executor context,
    ScheduledExecutorService worker,
    Cgroups cgroups,
    Journal journal,
    Jobs jobs,
    Consumer<AgentEvent> listener,
    LongUnaryOperator bootMillis,
    Duration startPatience) {

  /** As this, for units of which nothing is told and whose starts may take so long. */
  Surroundings unheard(Duration patience) {
    return new Surroundings(
        context, worker, cgroups, journal, jobs, event -> {}, bootMillis, patience);
  }

  /** Does it on the worker after a while; never, when the worker has ended by then. */
  void later(Duration delay, Runnable task) {
    try {
      Future<?> unused = worker.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      task.run(); // the end: what waits for it must not wait for ever
    }
  }

  /** Done after a while. */
  CompletableFuture<Void> pause(Duration delay) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    later(delay, () -> over.complete(null));
    return over;
  }
}
