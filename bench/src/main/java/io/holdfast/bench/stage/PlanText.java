package io.holdfast.bench.stage;

import io.holdfast.demo.stage.StageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a plan. */
final class PlanText {

  private PlanText() {}

  /**
   * The plan with a service and a healing rule more.
   *
   * @param service lines of {@code services:}
   * @param rule lines of {@code healing:}
   */
  static String with(String plan, String service, String rule) {
    return after("healing:", rule, after("services:", service, plan));
  }

  private static String after(String key, String lines, String plan) {
    Matcher line = Pattern.compile("(?m)^" + key + "[ \t]*$").matcher(plan);
    if (!line.find()) {
      throw StageException.notReady(
          "the plan in force has no line that reads \""
              + key
              + "\", so nothing can be added to it; apply .holdfast/lab/plan.yaml first");
    }
    return plan.substring(0, line.end())
        + "\n"
        + lines.stripTrailing()
        + plan.substring(line.end());
  }
}
