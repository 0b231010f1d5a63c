package io.holdfast.agent.act.systemd;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ActionOutcome.Done;
import io.holdfast.agent.act.ActionOutcome.Failed;
import io.holdfast.agent.act.ActionOutcome.Overtaken;
import io.holdfast.agent.act.ActionOutcome.Refused;
import io.holdfast.core.agent.ProcessFact;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out actions on one unit: those that were asked for one after another, a kill at once.
 * Used by one thread; no outcome is an exception.
 */
final class UnitWork {
  private static final Logger LOG = LoggerFactory.getLogger(UnitWork.class);
  private static final int SIGKILL = 9;

  /** Types of jobs after which a unit runs. */
  private static final Set<String> STARTING = Set.of("start", "restart", "try-restart");

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration KILL_AGAIN = Duration.ofMillis(500);

  /** What SIGKILL does not end by then hangs in the kernel. */
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  private final Unit unit;
  private final Surroundings around;

  /** The newest job of systemd that was ours, or that was waited for. */
  private String lastJob = "";

  private CompletableFuture<ActionOutcome> last = CompletableFuture.completedFuture(new Done());

  UnitWork(Unit unit, Surroundings around) {
    this.unit = unit;
    this.around = around;
  }

  CompletableFuture<ActionOutcome> start() {
    return inTurn("starting", this::doStart);
  }

  CompletableFuture<ActionOutcome> stop(Duration grace) {
    return inTurn("stopping", () -> doStop(grace));
  }

  CompletableFuture<ActionOutcome> restart(Duration grace, ProcessFact judged) {
    return inTurn("restarting", () -> unless(obstacleToStart(), () -> renew(grace, judged)));
  }

  CompletableFuture<ActionOutcome> kill() {
    return explained(
        "killing", () -> unless(obstacleToAnything(), () -> unitGone() ? done() : endAll()));
  }

  private CompletableFuture<ActionOutcome> inTurn(
      String doing, Supplier<CompletableFuture<ActionOutcome>> action) {
    last = last.thenCompose(before -> explained(doing, action));
    return last;
  }

  private CompletableFuture<ActionOutcome> explained(
      String doing, Supplier<CompletableFuture<ActionOutcome>> action) {
    return unit.refresh()
        .thenCompose(known -> action.get())
        .handle(
            (outcome, failure) -> {
              unit.expectEnd(false);
              return failure == null ? outcome : new Failed(readable(failure, doing));
            });
  }

  private String readable(Throwable failure, String doing) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof BusException bus
        ? Failures.of(bus, doing, unit.name())
        : unit.readable(cause);
  }

  private static CompletableFuture<ActionOutcome> unless(
      Optional<String> obstacle, Supplier<CompletableFuture<ActionOutcome>> action) {
    return obstacle
        .<CompletableFuture<ActionOutcome>>map(
            why -> CompletableFuture.completedFuture(new Refused(why)))
        .orElseGet(action);
  }

  private static CompletableFuture<ActionOutcome> done() {
    return CompletableFuture.completedFuture(new Done());
  }

  private Optional<String> obstacleToAnything() {
    return Obstacle.toAnything(unit.name(), now());
  }

  private Optional<String> obstacleToStart() {
    UnitState now = now();
    if (now.isOutdated()) {
      LOG.warn(
          "{}: its files changed, and systemd still uses what it read before: run systemctl"
              + " daemon-reload",
          unit.name());
    }
    return Obstacle.toStart(unit.name(), now);
  }

  private UnitState now() {
    return unit.state().orElseThrow(() -> new IllegalStateException(unit.whyUnknown()));
  }

  private CompletableFuture<ActionOutcome> doStart() {
    return unless(
        obstacleToStart(),
        () -> {
          if (now().isRunning()) {
            return done();
          }
          boolean leftovers = now().isStopping() || now().isDown() && !unitGone();
          return (leftovers ? endAll() : done())
              .thenCompose(
                  cleared ->
                      cleared instanceof Done
                          ? job("StartUnit", "starting", around.startPatience())
                          : CompletableFuture.completedFuture(cleared));
        });
  }

  private CompletableFuture<ActionOutcome> doStop(Duration grace) {
    return unless(
        obstacleToAnything(),
        () -> {
          if (unitGone()) {
            return done();
          }
          if (grace.isZero()) {
            return endAll();
          }
          CompletableFuture<ActionOutcome> stopped =
              job("StopUnit", "stopping", grace.plus(KILL_PATIENCE));
          killAfter(grace, () -> !stopped.isDone());
          return stopped.thenCompose(
              outcome ->
                  outcome instanceof Done
                      ? endAll()
                      : CompletableFuture.completedFuture(stillThere(outcome)));
        });
  }

  /** A restart, unless somebody else's is under way or over. */
  private CompletableFuture<ActionOutcome> renew(Duration grace, ProcessFact judged) {
    Optional<String> other = now().job().filter(job -> !job.equals(lastJob));
    if (other.isPresent()) {
      return besides(other.get(), grace, judged);
    }
    return judged.isOutdatedBy(now().mainPid()) ? overtaken() : doRestart(grace);
  }

  private CompletableFuture<ActionOutcome> overtaken() {
    return CompletableFuture.completedFuture(
        new Overtaken("somebody else started " + unit.name() + " as process " + now().mainPid()));
  }

  /** A job that is not ours decides: one that leads to a running unit is waited for, once. */
  private CompletableFuture<ActionOutcome> besides(
      String other, Duration grace, ProcessFact judged) {
    CompletableFuture<String> result = around.jobs().result(other); // before it can be over
    return unit.asked()
        .thenCompose(systemd -> systemd.jobType(other))
        .thenCompose(
            type -> {
              lastJob = other;
              if (type.isEmpty()) {
                return unit.refresh().thenCompose(known -> renew(grace, judged));
              }
              return STARTING.contains(type)
                  ? awaited(result, type, grace, judged)
                  : renew(grace, judged);
            });
  }

  /** What hangs is not spared by somebody else's wish to restart it. */
  private CompletableFuture<ActionOutcome> awaited(
      CompletableFuture<String> result, String type, Duration grace, ProcessFact judged) {
    LOG.info("{}: somebody else's job is under way ({}): waiting for it", unit.name(), type);
    if (!grace.isZero() && now().mainPid() > 0 && now().mainPid() == judged.pid()) {
      killAfter(
          grace, () -> !result.isDone() && unit.state().filter(UnitState::isStopping).isPresent());
    }
    Duration patience = grace.plus(KILL_PATIENCE).plus(around.startPatience());
    return ended(result, "somebody else's " + type + " of", patience)
        .thenCompose(
            outcome ->
                outcome instanceof Done ? overtaken() : CompletableFuture.completedFuture(outcome));
  }

  private CompletableFuture<ActionOutcome> doRestart(Duration grace) {
    if (unitGone()) {
      return job("StartUnit", "restarting", around.startPatience());
    }
    if (grace.isZero() || !now().stopEndsAll()) {
      return doStop(grace)
          .thenCompose(
              stopped ->
                  stopped instanceof Done ? doStart() : CompletableFuture.completedFuture(stopped));
    }
    Duration patience = grace.plus(KILL_PATIENCE).plus(around.startPatience());
    CompletableFuture<ActionOutcome> restarted = job("RestartUnit", "restarting", patience);
    // Only while the old processes are being stopped: the new ones are not to be killed.
    killAfter(
        grace, () -> !restarted.isDone() && unit.state().filter(UnitState::isStopping).isPresent());
    return restarted;
  }

  private void killAfter(Duration delay, BooleanSupplier stillWanted) {
    unit.expectEnd(true);
    around.later(
        delay,
        () -> {
          if (stillWanted.getAsBoolean()) {
            sendKill();
            killAfter(KILL_AGAIN, stillWanted);
          }
        });
  }

  /** Queues a job and waits for its end, but not longer than the patience. */
  private CompletableFuture<ActionOutcome> job(String method, String doing, Duration patience) {
    CompletableFuture<String> result =
        unit.asked()
            .thenCompose(systemd -> systemd.queue(method, unit.name()))
            .thenCompose(
                job -> {
                  lastJob = job;
                  return around.jobs().result(job);
                });
    return ended(result, doing, patience);
  }

  private CompletableFuture<ActionOutcome> ended(
      CompletableFuture<String> result, String doing, Duration patience) {
    around.later(patience, () -> result.complete(""));
    String before = now().invocation();
    return result.thenCompose(
        how ->
            unit.refresh()
                .thenApply(
                    known -> {
                      if (how.equals("done")) {
                        return new Done();
                      }
                      return how.isEmpty()
                          ? new Failed(stillUnderWay(doing, patience))
                          : new Failed(Failures.ofJob(doing, unit.name(), how, before, now()));
                    }));
  }

  private String stillUnderWay(String doing, Duration patience) {
    return doing
        + " "
        + unit.name()
        + " did not end within "
        + patience.toSeconds()
        + " s; it is "
        + now().described()
        + ": see systemctl status "
        + unit.name()
        + ", and TimeoutStartSec and TimeoutStopSec of the unit";
  }

  private ActionOutcome stillThere(ActionOutcome outcome) {
    return unit.processes().isEmpty()
        ? outcome
        : new Failed(outcome.failure() + "; still there: " + describedProcesses());
  }

  /** Kills until systemd and the kernel say that nothing is left. */
  private CompletableFuture<ActionOutcome> endAll() {
    unit.expectEnd(true);
    return endAll(System.nanoTime() + KILL_PATIENCE.toNanos(), 0);
  }

  private CompletableFuture<ActionOutcome> endAll(long deadline, long killedAt) {
    if (unitGone()) {
      return done();
    }
    long nanos = System.nanoTime();
    if (nanos - deadline > 0) {
      return CompletableFuture.completedFuture(new Failed(hanging()));
    }
    boolean again = killedAt == 0 || nanos - killedAt > KILL_AGAIN.toNanos();
    if (again) {
      sendKill();
    }
    return around
        .pause(LOOK)
        .thenCompose(over -> again ? unit.refresh() : CompletableFuture.completedFuture(null))
        .thenCompose(known -> endAll(deadline, again ? nanos : killedAt));
  }

  private String hanging() {
    return unit.name()
        + " is "
        + now().described()
        + " after SIGKILL for "
        + KILL_PATIENCE.toSeconds()
        + " s; processes left: "
        + describedProcesses()
        + "; what hangs in the kernel ends with a restart of the host alone";
  }

  private String describedProcesses() {
    return unit.processes().isEmpty() ? "none" : String.join(" ", unit.processes());
  }

  /** A refusal is told once; that there is nothing to kill is what is wanted. */
  private void sendKill() {
    CompletableFuture<?> unused =
        unit.asked()
            .thenCompose(systemd -> systemd.kill(unit.name(), SIGKILL))
            .exceptionally(
                failure -> {
                  LOG.warn("{}", readable(failure, "killing"));
                  return null;
                });
  }

  private boolean unitGone() {
    try {
      return unit.isGone();
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
