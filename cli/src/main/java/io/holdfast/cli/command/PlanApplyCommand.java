package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.collector.NotFound;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Texts;
import io.holdfast.planfile.PlanReader;
import io.holdfast.planfile.PlanResult;
import io.holdfast.proto.v1.ApplyPlanRequest;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.GetPlanRequest;
import io.holdfast.proto.v1.Plan;
import io.holdfast.proto.v1.PlansGrpcClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a plan in force. */
@Command(name = "apply")
final class PlanApplyCommand implements Callable<Integer> {
  private final HoldfastCommand root;
  private final Texts texts;

  @Parameters(paramLabel = "FILE", descriptionKey = "plan.file")
  private Path file;

  @Option(
      names = {"-y", "--yes"},
      descriptionKey = "plan.yes")
  private boolean yes;

  PlanApplyCommand(HoldfastCommand root) {
    this.root = root;
    this.texts = root.texts();
  }

  @Override
  public Integer call() {
    return switch (PlanReader.read(file)) {
      case PlanResult.Invalid invalid -> refused(PlanView.lines(invalid));
      case PlanResult.Valid valid -> apply(valid);
    };
  }

  private int refused(List<ProblemLine> problems) {
    new PlanView(root).printProblems(file, problems, root.terminal().err());
    return ExitCode.WRONG_USAGE;
  }

  private int apply(PlanResult.Valid valid) {
    try (CollectorClient client = root.connect()) {
      if (!yes) {
        confirm(client, valid);
      }
      ApplyPlanResponse answer =
          client.call(
              PlansGrpcClient.ApplyPlan,
              ApplyPlanRequest.newBuilder()
                  .setText(valid.text())
                  .setFileName(file.toString())
                  .build());
      if (answer.getProblemsCount() > 0) {
        return refused(PlanView.lines(file, answer));
      }
      print(answer);
      return ExitCode.FINE;
    }
  }

  private void confirm(CollectorClient client, PlanResult.Valid valid) {
    Optional<Plan> inForce = inForce(client);
    String name = Display.escape(file.toString());
    String newHash = StatusView.shortHash(valid.plan().hash());
    String question =
        inForce
            .map(
                old ->
                    texts.text("apply.replace", name, newHash, StatusView.shortHash(old.getHash())))
            .orElseGet(() -> texts.text("apply.first", name, newHash));
    new Confirmation(root).require(question, "apply.nobody");
  }

  private static Optional<Plan> inForce(CollectorClient client) {
    try {
      return Optional.of(client.call(PlansGrpcClient.GetPlan, GetPlanRequest.getDefaultInstance()));
    } catch (NotFound nothingYet) {
      return Optional.empty();
    }
  }

  private void print(ApplyPlanResponse answer) {
    if (root.forPeople()) {
      String key = answer.getChanged() ? "apply.done" : "apply.unchanged";
      root.terminal().out().println(texts.text(key, StatusView.shortHash(answer.getHash())));
    } else {
      root.print(
          MessageJson.object().put("hash", answer.getHash()).put("changed", answer.getChanged()));
    }
  }
}
