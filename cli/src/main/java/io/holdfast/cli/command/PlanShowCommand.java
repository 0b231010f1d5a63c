package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.v1.GetPlanRequest;
import io.holdfast.proto.v1.Plan;
import io.holdfast.proto.v1.PlansGrpcClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The plan in force: its text to standard output as it was applied, the rest beside it. */
@Command(name = "show")
final class PlanShowCommand implements Callable<Integer> {
  private final HoldfastCommand root;

  PlanShowCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (CollectorClient client = root.connect()) {
      Plan plan = client.call(PlansGrpcClient.GetPlan, GetPlanRequest.getDefaultInstance());
      if (!root.forPeople()) {
        root.print(MessageJson.of(plan));
        return ExitCode.FINE;
      }
      Times times = Times.of("", System.currentTimeMillis());
      root.terminal()
          .err()
          .println(
              root.texts()
                  .text(
                      "plan.shown",
                      Display.escape(plan.getHash()),
                      times.at(plan.getAppliedWallMillis()),
                      Display.escape(plan.getOperator())));
      root.terminal().err().flush();
      root.terminal().out().print(plan.getText());
      return ExitCode.FINE;
    }
  }
}
