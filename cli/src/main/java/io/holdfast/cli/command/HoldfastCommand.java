package io.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.Terminal;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.Language;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.MessageYaml;
import io.holdfast.cli.text.Texts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
  private @Nullable Path config;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml",
      scope = ScopeType.INHERIT,
      descriptionKey = "option.output")
  private OutputFormat output = OutputFormat.table;

  // Read by io.holdfast.cli.Holdfast before picocli begins; here for the help and the parsing.
  @Option(
      names = "--lang",
      paramLabel = "en|zh-TW",
      completionCandidates = LanguageTags.class,
      scope = ScopeType.INHERIT,
      descriptionKey = "option.lang")
  private @Nullable String language;

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

  @CommandLine.Spec private CommandSpec spec;

  /** For completion. */
  private static final class LanguageTags implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Language.values()).map(Language::tag).iterator();
    }
  }

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

  boolean forPeople() {
    return output == OutputFormat.table;
  }

  /** The whole answer, for programs. */
  void print(JsonNode document) {
    PrintWriter out = terminal.out();
    if (output == OutputFormat.yaml) {
      out.print(MessageYaml.of(document));
    } else {
      out.println(MessageJson.pretty(document));
    }
  }

  /** One of many answers, for programs: a line of JSON, or a document of a YAML stream. */
  void printNext(JsonNode document) {
    PrintWriter out = terminal.out();
    if (output == OutputFormat.yaml) {
      out.print("---\n" + MessageYaml.of(document));
    } else {
      out.println(document);
    }
    out.flush();
  }

  /**
   * Checks the value of an option.
   *
   * @throws CommandLine.ParameterException when it is not between {@code least} and {@code most}
   */
  void requireBetween(CommandSpec command, String option, long value, long least, long most) {
    if (value < least || value > most) {
      // As text: the language's own grouping of digits is not what one would type.
      throw new CommandLine.ParameterException(
          command.commandLine(),
          texts.text(
              "usage.range",
              option,
              Long.toString(value),
              Long.toString(least),
              Long.toString(most)));
    }
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
