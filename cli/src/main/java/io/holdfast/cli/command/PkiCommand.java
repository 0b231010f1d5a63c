package io.holdfast.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Certificates. */
@Command(name = "pki", synopsisSubcommandLabel = "COMMAND", subcommands = PkiDemoCommand.class)
final class PkiCommand implements Runnable {
  private final HoldfastCommand root;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  PkiCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), root.texts().text("usage.no_command"));
  }
}
