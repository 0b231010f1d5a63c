package io.holdfast.cli.command;

import io.holdfast.cli.Terminal;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.Texts;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code holdfast} itself, and the options that every command understands. */
@Command(
    name = "holdfast",
    versionProvider = Build.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true)
public final class HoldfastCommand implements Runnable {
  private final Terminal terminal;
  private final Texts texts;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      descriptionKey = "option.config")
  private Path config;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      scope = ScopeType.INHERIT,
      descriptionKey = "option.output")
  private OutputFormat output = OutputFormat.table;

  // Read by io.holdfast.cli.Holdfast before picocli begins; here for the help and the parsing.
  @Option(
      names = "--lang",
      paramLabel = "en|zh-TW",
      scope = ScopeType.INHERIT,
      descriptionKey = "option.lang")
  private String language;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      descriptionKey = "option.help")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      descriptionKey = "option.version")
  private boolean version;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** The root of all commands. */
  public HoldfastCommand(Terminal terminal, Texts texts) {
    this.terminal = terminal;
    this.texts = texts;
  }

  Terminal terminal() {
    return terminal;
  }

  Texts texts() {
    return texts;
  }

  boolean json() {
    return output == OutputFormat.json;
  }

  /** To be closed by the command. */
  CollectorClient connect() {
    return new CollectorClient(
        new ClientConfig(terminal, texts).read(Optional.ofNullable(config)), texts);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), texts.text("usage.no_command"));
  }
}
