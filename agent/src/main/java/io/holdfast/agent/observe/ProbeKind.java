package io.holdfast.agent.observe;

import io.holdfast.core.plan.Probe;

/** How checks of one kind are carried out. */
@FunctionalInterface
public interface ProbeKind<P extends Probe> {

  /**
   * Begins a run and returns at once; the answer goes to {@code run}. What it throws is answered as
   * a check that could not be carried out.
   */
  void start(P probe, ProbeRun run);
}
