package io.holdfast.agent.observe;

import io.holdfast.core.health.ProbeResult;
import io.holdfast.core.plan.Probe;
import io.vertx.core.Future;
import java.time.Duration;

/** Carries out checks. */
@FunctionalInterface
public interface Prober {

  /**
   * Runs a check once. The caller sees to it that no check runs twice at the same time.
   *
   * @param timeout positive; the answer is there by then, whatever the other side does
   * @return never fails: what goes wrong is a result
   */
  Future<ProbeResult> probe(Probe probe, Duration timeout);
}
