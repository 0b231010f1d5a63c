package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands and options. */
@Command(name = "completion")
final class CompletionCommand implements Callable<Integer> {
  private final HoldfastCommand root;

  @Parameters(paramLabel = "bash|zsh", descriptionKey = "completion.shell")
  private Shell shell = Shell.bash;

  @Spec private CommandSpec spec;

  /** The names are what the user types. */
  enum Shell {
    bash,
    zsh
  }

  CompletionCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    PrintWriter out = root.terminal().out();
    out.println("# To load it: source <(holdfast completion " + shell + ")");
    // One script for both: it turns on what zsh has for scripts of bash.
    out.print(AutoComplete.bash("holdfast", spec.root().commandLine()));
    return ExitCode.FINE;
  }
}
