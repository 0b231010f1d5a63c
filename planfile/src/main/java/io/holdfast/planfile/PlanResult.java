package io.holdfast.planfile;

import io.holdfast.core.plan.Plan;
import io.holdfast.planfile.problem.Problem;
import java.util.List;

/** What reading a plan gave. */
public sealed interface PlanResult {

  /**
   * The plan is good.
   *
   * @param text the file's exact text; the plan's hash is that of its UTF-8 bytes
   */
  record Valid(Plan plan, String text) implements PlanResult {}

  /**
   * The plan is refused.
   *
   * @param problems all that were found, at least one, in the file's order
   */
  record Invalid(List<Problem> problems) implements PlanResult {

    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
