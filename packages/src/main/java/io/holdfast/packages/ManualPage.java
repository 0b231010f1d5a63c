package io.holdfast.packages;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The tree of commands as a page of the manual, in roff. */
final class ManualPage {
  private static final String STATUS =
      """
      .SH EXIT STATUS
      .TP
      0
      done, and the answer is good
      .TP
      1
      done, and the answer is bad: unhealthy, unknown, an incident is open
      .TP
      2
      wrong usage, or an invalid plan or configuration
      .TP
      3
      refused: no permission, or nobody confirmed
      .TP
      4
      no collector could be reached
      .SH FILES
      .TP
      .I ~/.config/holdfast/cli.yaml\\fR, \\fI/etc/holdfast/cli.yaml
      the collectors and the operator's certificate; \\fB$HOLDFAST_CONFIG\\fR and \\fB\\-\\-config\\fR name another
      .SH SEE ALSO
      .BR holdfast\\-agent (8),
      .BR holdfast\\-collector (8)
      """;

  private final String build;

  /**
   * @param build of the page
   */
  ManualPage(String build) {
    this.build = build;
  }

  String of(CommandSpec root) {
    StringBuilder page = new StringBuilder();
    page.append(".TH HOLDFAST 1 \"\" \"Holdfast ").append(plain(build)).append("\"\n");
    page.append(".SH NAME\nholdfast \\- ").append(purpose(root)).append('\n');
    page.append(".SH SYNOPSIS\n.B holdfast\n.I COMMAND\n[\\fIOPTION\\fR ...]\n");
    page.append(".SH OPTIONS\nThey go with every command.\n");
    root.options().forEach(option -> describe(page, option, label(option)));
    page.append(".SH COMMANDS\n");
    root.subcommands().values().forEach(command -> append(page, command.getCommandSpec()));
    return page.append(STATUS).toString();
  }

  /** A command that has others is described by these. */
  private static void append(StringBuilder page, CommandSpec command) {
    if (!command.subcommands().isEmpty()) {
      command.subcommands().values().forEach(child -> append(page, child.getCommandSpec()));
      return;
    }
    page.append(".SS ").append(plain(command.qualifiedName()));
    command.positionalParameters().forEach(p -> page.append(' ').append(plain(p.paramLabel())));
    page.append('\n').append(purpose(command)).append('\n');
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      describe(page, parameter, "\\fI" + plain(parameter.paramLabel()) + "\\fR");
    }
    for (OptionSpec option : command.options()) {
      if (!option.inherited()) {
        describe(page, option, label(option));
      }
    }
  }

  private static void describe(StringBuilder page, ArgSpec argument, String label) {
    if (!argument.hidden()) {
      page.append(".TP\n").append(label).append('\n').append(text(argument.description()));
      page.append('\n');
    }
  }

  private static String label(OptionSpec option) {
    String names =
        List.of(option.names()).stream()
            .map(name -> "\\fB" + plain(name) + "\\fR")
            .collect(Collectors.joining(", "));
    return option.arity().max() == 0
        ? names
        : names + " \\fI" + plain(option.paramLabel()) + "\\fR";
  }

  private static String purpose(CommandSpec command) {
    return text(command.usageMessage().description());
  }

  private static String text(String... lines) {
    return plain(String.join(" ", lines).replace("%n", " ").replace("%%", "%"));
  }

  /** As it stands: no line is a request, no hyphen is broken at. */
  private static String plain(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ").strip();
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
