package io.holdfast.bench.agent;

import io.holdfast.demo.stage.StageException;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** Kills a service at a random moment, and waits for the first answer of the next process. */
final class Kills {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Random random;
  private final Duration longestPhase;
  private final LongFunction<Runnable> killer;

  Kills(Random random, Duration longestPhase) {
    this(
        random,
        longestPhase,
        // SIGKILL, without a shell in between.
        pid -> () -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  /**
   * Kills in another way.
   *
   * @param longestPhase more than 0
   * @param killer finds the process that answers with this number; running what it gives kills it
   */
  Kills(Random random, Duration longestPhase, LongFunction<Runnable> killer) {
    this.random = random;
    this.longestPhase = longestPhase;
    this.killer = killer;
  }

  /** Seconds from the kill to the first correct answer of another process. */
  double once(Kept kept) throws InterruptedException {
    await(kept.well(), kept.keeper() + " does not hold the service for well");
    TimeUnit.NANOSECONDS.sleep(random.nextLong(longestPhase.toNanos()));
    long killed =
        Answer.pid(kept.health())
            .orElseThrow(
                () -> StageException.failed("the service of " + kept.keeper() + " is down"));
    Runnable kill = killer.apply(killed);
    long start = System.nanoTime();
    kill.run();
    return secondsToAnswer(kept.health(), killed, start);
  }

  /**
   * Seconds from a moment to the first correct answer of another process than this one.
   *
   * @param start as of {@link System#nanoTime()}
   */
  static double secondsToAnswer(URI health, long other, long start) throws InterruptedException {
    await(() -> answersAnew(health, other), "nobody answers on " + health);
    return (System.nanoTime() - start) / 1e9;
  }

  /** Looks every few milliseconds; an error says what is not so in time. */
  static void await(BooleanSupplier condition, String otherwise) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0) {
        throw StageException.failed(otherwise + " for " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static boolean answersAnew(URI health, long other) {
    OptionalLong pid = Answer.pid(health);
    return pid.isPresent() && pid.getAsLong() != other;
  }
}
