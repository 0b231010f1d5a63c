package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.planfile.PlanReader;
import io.holdfast.planfile.PlanResult;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a plan without a collector. */
@Command(name = "check")
final class PlanCheckCommand implements Callable<Integer> {
  private final HoldfastCommand root;

  @Parameters(paramLabel = "FILE", descriptionKey = "plan.file")
  private Path file;

  PlanCheckCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    PlanView view = new PlanView(root);
    return switch (PlanReader.read(file)) {
      case PlanResult.Valid valid -> {
        view.printFine(file, valid.plan());
        yield ExitCode.FINE;
      }
      case PlanResult.Invalid invalid -> {
        view.printProblems(file, PlanView.lines(invalid), root.terminal().out());
        yield ExitCode.WRONG_USAGE;
      }
    };
  }
}
