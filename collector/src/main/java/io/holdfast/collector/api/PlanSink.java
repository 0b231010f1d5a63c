package io.holdfast.collector.api;

import io.vertx.core.Future;
import java.util.List;

/** Takes a new plan: checks it, records it, has it sent. */
@FunctionalInterface
public interface PlanSink {
  /**
   * Applies the plan.
   *
   * @param text of {@code plan.yaml}
   * @param fileName for messages only
   * @param operator who asks, of the certificate
   * @return fails only when the ledger could not record it
   */
  Future<Answer> apply(String text, String fileName, String operator);

  /** How it ended. */
  sealed interface Answer {
    /**
     * It is in force.
     *
     * @param changed false: this very plan was in force already
     */
    record Applied(String hash, boolean changed) implements Answer {}

    /** It has problems, and nothing was changed. */
    record Invalid(List<Problem> problems) implements Answer {
      /** Copies the list. */
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * One problem of a plan.
   *
   * @param line 1 or more; 0: not of one line
   * @param suggestion empty: none
   */
  record Problem(int line, int column, String path, String message, String suggestion) {}
}
