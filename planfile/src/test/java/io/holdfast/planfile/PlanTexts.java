package io.holdfast.planfile;

import io.holdfast.core.plan.Plan;
import io.holdfast.planfile.problem.Problem;
import java.util.List;

/** Plans for tests. */
final class PlanTexts {

  /** The least that a plan may say; sections are appended or lines replaced. */
  static final String MINIMAL =
      """
      apiVersion: holdfast/v1
      system: {name: shop}
      objectives:
        P1: {rto: 4h, rpo: 15m}
      hosts:
        trade-a: {address: 10.0.0.11}
        trade-b: {address: 10.0.0.12}
      services:
        engine:
          module: trading
          unit: engine.service
          runs_on: trade-a
      """;

  private PlanTexts() {}

  static Plan valid(String text) {
    return switch (PlanReader.read(text, "plan.yaml")) {
      case PlanResult.Valid valid -> valid.plan();
      case PlanResult.Invalid invalid ->
          throw new AssertionError(
              String.join("\n", invalid.problems().stream().map(Problem::toString).toList()));
    };
  }

  static List<String> problems(String text) {
    return switch (PlanReader.read(text, "plan.yaml")) {
      case PlanResult.Valid valid -> List.of();
      case PlanResult.Invalid invalid ->
          invalid.problems().stream().map(Problem::toString).toList();
    };
  }

  /** The problems of the minimal plan with {@code old} replaced. */
  static List<String> problemsWith(String old, String replacement) {
    if (!MINIMAL.contains(old)) {
      throw new IllegalArgumentException("the minimal plan has no " + old);
    }
    return problems(MINIMAL.replace(old, replacement));
  }

  /** The problems of the minimal plan with lines appended to its only service. */
  static List<String> problemsOfService(String... lines) {
    return problems(MINIMAL + "    " + String.join("\n    ", lines) + "\n");
  }

  /** The problems of the minimal plan with {@code text} appended. */
  static List<String> problemsAfter(String text) {
    return problems(MINIMAL + text);
  }
}
