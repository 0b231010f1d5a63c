package io.holdfast.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Certificates of hosts, of collectors and of operators. */
@Command(
    name = "certificates",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CertificatesListCommand.class,
      CertificatesTokenCommand.class,
      CertificatesRenewCommand.class,
      CertificatesRevokeCommand.class
    })
final class CertificatesCommand implements Runnable {
  private final HoldfastCommand root;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  CertificatesCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), root.texts().text("usage.no_command"));
  }
}
