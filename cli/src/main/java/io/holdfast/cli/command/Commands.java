package io.holdfast.cli.command;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.Terminal;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.Language;
import io.holdfast.cli.text.Texts;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The tree of commands, and how a failure of any of them is told. */
public final class Commands {
  private final Terminal terminal;
  private final Texts texts;
  private final CommandLine line;

  private Commands(Terminal terminal, Texts texts) {
    this.terminal = terminal;
    this.texts = texts;
    HoldfastCommand root = new HoldfastCommand(terminal, texts);
    this.line =
        new CommandLine(root, new Factory(root))
            .addSubcommand(new StatusCommand(root))
            .addSubcommand(new ServicesCommand(root))
            .addSubcommand(new HostsCommand(root))
            .addSubcommand(new IncidentsCommand(root))
            .addSubcommand(new EventsCommand(root))
            .addSubcommand(PlanCommand.class)
            .addSubcommand(CertificatesCommand.class)
            .addSubcommand(PkiCommand.class)
            .addSubcommand(new CompletionCommand(root))
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setExecutionExceptionHandler(this::failed)
            .setParameterExceptionHandler(this::wrongUsage);
    describe(line, "command.holdfast");
  }

  /** Carries out a command line; gives one of {@link ExitCode}. */
  public static int run(Terminal terminal, Texts texts, String... arguments) {
    Commands commands = new Commands(terminal, texts);
    return commands.unknownLanguage(arguments).orElseGet(() -> commands.line.execute(arguments));
  }

  /** Every command with its texts, for the manual page. */
  public static CommandSpec describe(Terminal terminal, Texts texts) {
    return new Commands(terminal, texts).line.getCommandSpec();
  }

  private Optional<Integer> unknownLanguage(String[] arguments) {
    String found = null;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--lang=")) {
        found = arguments[i].substring("--lang=".length());
      } else if (arguments[i].equals("--lang") && i + 1 < arguments.length) {
        found = arguments[i + 1];
      }
    }
    if (found == null || Language.ofTag(found).isPresent()) {
      return Optional.empty();
    }
    say(texts.text("usage.language", Display.escape(found), Language.tags()));
    return Optional.of(ExitCode.WRONG_USAGE);
  }

  /** Gives each command its texts: those of {@code key} and of its place in the tree. */
  private void describe(CommandLine command, String key) {
    var usage = command.getCommandSpec().usageMessage();
    command.setResourceBundle(texts.bundle());
    usage.description(texts.bundle().getString(key));
    usage.synopsisHeading(texts.text("usage.synopsis") + " ");
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n" + texts.text("usage.parameters") + "%n");
    usage.optionListHeading("%n" + texts.text("usage.options") + "%n");
    usage.commandListHeading("%n" + texts.text("usage.commands") + "%n");
    usage.adjustLineBreaksForWideCJKCharacters(true);
    command.getSubcommands().forEach((name, child) -> describe(child, key + "." + name));
  }

  private int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof CliFailure known) {
      say(String.valueOf(known.getMessage()));
      return known.exitCode();
    }
    say(texts.text("usage.internal", Display.escape(failure.toString())));
    return ExitCode.BAD_ANSWER;
  }

  private int wrongUsage(ParameterException failure, String[] arguments) {
    say(sentence(failure));
    List<String> near =
        failure instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    if (!near.isEmpty()) {
      say(texts.text("usage.suggestion", String.join(", ", near)));
    }
    say(texts.text("usage.see_help", failure.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.WRONG_USAGE;
  }

  private String sentence(ParameterException failure) {
    return switch (failure) {
      case CommandLine.UnmatchedArgumentException unmatched ->
          texts.text(
              unmatched.isUnknownOption() ? "usage.unknown_option" : "usage.unknown_argument",
              Display.escape(String.join(" ", unmatched.getUnmatched())));
      case CommandLine.MissingParameterException missing ->
          texts.text(
              "usage.missing",
              String.join(", ", missing.getMissing().stream().map(Commands::label).toList()));
      case CommandLine.OverwrittenOptionException twice ->
          texts.text("usage.twice", label(twice.getOverwritten()));
      default ->
          failure.getArgSpec() != null && failure.getValue() != null
              ? texts.text(
                  "usage.value", label(failure.getArgSpec()), Display.escape(failure.getValue()))
              : Display.escape(String.valueOf(failure.getMessage()));
    };
  }

  private static String label(CommandLine.Model.ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }

  private void say(String message) {
    PrintWriter err = terminal.err();
    err.println("holdfast: " + message);
  }

  /** Makes commands with the root that they share options with. */
  private record Factory(HoldfastCommand root) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == HoldfastCommand.class) {
          return type.cast(constructor.newInstance(root));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
