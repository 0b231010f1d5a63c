package io.holdfast.agent.observe;

import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Gives each check to its kind, on the event loop of the caller, and keeps the promises of {@link
 * Prober} for all kinds.
 *
 * @param postgres PostgreSQL checks
 * @param write checks that need another user
 */
public record Probers(
    Vertx vertx,
    ProbeKind<Probe.Tcp> tcp,
    ProbeKind<Probe.Http> http,
    ProbeKind<Probe.FileAge> fileAge,
    ProbeKind<Probe.Postgres> postgres,
    ProbeKind<Probe.Write> write)
    implements Prober {

  @Override
  public Future<ProbeResult> probe(Probe probe, Duration timeout) {
    ProbeRun run = new ProbeRun(vertx, timeout);
    try {
      start(probe, run);
    } catch (RuntimeException | LinkageError e) {
      run.inconclusive(ReasonCode.PROBE_BROKEN, "the check could not be started: " + e);
    }
    return run.result();
  }

  private void start(Probe probe, ProbeRun run) {
    switch (probe) {
      case Probe.Tcp p -> tcp.start(p, run);
      case Probe.Http p -> http.start(p, run);
      case Probe.FileAge p -> fileAge.start(p, run);
      case Probe.Postgres p -> postgres.start(p, run);
      case Probe.Write p -> write.start(p, run);
      case Probe.ProcessAlive p ->
          run.inconclusive(
              ReasonCode.PROBE_BROKEN, "whether the process is there is told by its parent");
    }
  }
}
