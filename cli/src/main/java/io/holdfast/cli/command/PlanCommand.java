package io.holdfast.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The plan. */
@Command(
    name = "plan",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PlanCheckCommand.class, PlanApplyCommand.class, PlanShowCommand.class})
final class PlanCommand implements Runnable {
  private final HoldfastCommand root;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  PlanCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), root.texts().text("usage.no_command"));
  }
}
