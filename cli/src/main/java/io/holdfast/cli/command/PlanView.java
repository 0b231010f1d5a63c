package io.holdfast.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Texts;
import io.holdfast.core.plan.Plan;
import io.holdfast.planfile.PlanResult;
import io.holdfast.planfile.problem.Problem;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.PlanProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a check of a plan gave. */
final class PlanView {
  private final HoldfastCommand root;
  private final Texts texts;

  PlanView(HoldfastCommand root) {
    this.root = root;
    this.texts = root.texts();
  }

  static List<ProblemLine> lines(PlanResult.Invalid invalid) {
    return invalid.problems().stream().map(PlanView::line).toList();
  }

  static List<ProblemLine> lines(Path file, ApplyPlanResponse answer) {
    return answer.getProblemsList().stream().map(problem -> line(file, problem)).toList();
  }

  private static ProblemLine line(Path file, PlanProblem problem) {
    Optional<String> suggestion =
        Optional.of(problem.getSuggestion()).filter(text -> !text.isEmpty());
    return line(
        new Problem(
            file.toString(),
            problem.getLine(),
            problem.getColumn(),
            problem.getPath(),
            problem.getMessage(),
            suggestion));
  }

  private static ProblemLine line(Problem problem) {
    return new ProblemLine(
        problem.line(),
        problem.column(),
        problem.path(),
        problem.message(),
        problem.suggestion().orElse(""),
        problem.toString());
  }

  void printFine(Path file, Plan plan) {
    PrintWriter out = root.terminal().out();
    if (!root.forPeople()) {
      root.print(answer(file, true).put("hash", plan.hash()));
      return;
    }
    out.println(
        texts.text(
            "plan.fine",
            Display.escape(file.toString()),
            Display.escape(plan.system().name()),
            plan.services().size(),
            plan.hosts().size(),
            plan.healing().size()));
    out.println(texts.text("plan.hash", plan.hash()));
  }

  /** Of people's kind to {@code people}: an answer of check, a message of apply. */
  void printProblems(Path file, List<ProblemLine> problems, PrintWriter people) {
    if (!root.forPeople()) {
      root.print(document(file, problems));
      return;
    }
    problems.forEach(problem -> people.println(Display.escape(problem.text())));
    people.println(texts.text("plan.problems", Display.escape(file.toString()), problems.size()));
  }

  private static ObjectNode document(Path file, List<ProblemLine> problems) {
    ObjectNode answer = answer(file, false);
    ArrayNode array = answer.putArray("problems");
    for (ProblemLine problem : problems) {
      array
          .addObject()
          .put("line", problem.line())
          .put("column", problem.column())
          .put("path", problem.path())
          .put("message", problem.message())
          .put("suggestion", problem.suggestion());
    }
    return answer;
  }

  private static ObjectNode answer(Path file, boolean valid) {
    return MessageJson.object().put("file", file.toString()).put("valid", valid);
  }
}
