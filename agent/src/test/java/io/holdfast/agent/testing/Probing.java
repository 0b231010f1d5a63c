package io.holdfast.agent.testing;

import io.holdfast.agent.observe.Prober;
import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs checks as the agent does: all of them from one event loop. */
public final class Probing {
  /** Long enough for an answer on a busy machine. */
  public static final Duration LONG = Duration.ofSeconds(20);

  /** For checks that are meant to time out. */
  public static final Duration SHORT = Duration.ofMillis(300);

  private final Context loop;
  private final Prober prober;

  /** Probes with {@code prober} on one event loop of {@code vertx}. */
  public Probing(Vertx vertx, Prober prober) {
    this.loop = vertx.getOrCreateContext();
    this.prober = prober;
  }

  /** Starts a check. */
  public CompletableFuture<ProbeResult> start(Probe probe, Duration timeout) {
    CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    loop.runOnContext(
        go ->
            prober
                .probe(probe, timeout)
                .onSuccess(result::complete)
                .onFailure(result::completeExceptionally));
    return result;
  }

  /** Runs a check to its end. */
  public ProbeResult run(Probe probe, Duration timeout) {
    return await(start(probe, timeout));
  }

  /** Waits for a check's end. */
  public static ProbeResult await(CompletableFuture<ProbeResult> result) {
    try {
      return result.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the check did not answer", e);
    }
  }
}
