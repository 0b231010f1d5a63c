package io.holdfast.collector.ledger.record;

import io.holdfast.core.plan.Plan;

/** Reads the text of a plan that was valid when it was applied. */
@FunctionalInterface
public interface PlanParser {

  /**
   * The plan that {@code text} says.
   *
   * @throws RuntimeException when this build cannot read it; its message says why
   */
  Plan parse(String text);
}
