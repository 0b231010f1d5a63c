package io.holdfast.cli.command;

import io.holdfast.cli.CliFailure;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.Terminal;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.Texts;
import io.holdfast.planfile.config.CliConfig;
import io.holdfast.planfile.config.CliConfigReader;
import io.holdfast.planfile.config.ConfigResult;
import io.holdfast.planfile.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and reads {@code cli.yaml}; says where it looked when there is none. */
record ClientConfig(Terminal terminal, Texts texts) {
  private static final String VARIABLE = "HOLDFAST_CONFIG";

  CliConfig read(Optional<Path> option) {
    Map<String, String> environment = terminal.environment();
    Path file = CliConfigReader.locate(option, environment);
    if (!Files.exists(file)) {
      throw new CliFailure(ExitCode.WRONG_USAGE, missing(option, file));
    }
    return switch (CliConfigReader.read(file)) {
      case ConfigResult.Valid<CliConfig>(CliConfig config) -> config;
      case ConfigResult.Invalid<CliConfig>(List<Problem> problems) ->
          throw new CliFailure(ExitCode.WRONG_USAGE, invalid(problems));
    };
  }

  private String missing(Optional<Path> option, Path file) {
    String shown = Display.escape(file.toString());
    if (option.isPresent()) {
      return texts.text("config.not_there", shown, "--config");
    }
    if (!terminal.environment().getOrDefault(VARIABLE, "").isEmpty()) {
      return texts.text("config.not_there", shown, VARIABLE);
    }
    return texts.text("config.missing")
        + "\n  ~/.config/holdfast/cli.yaml\n  "
        + CliConfigReader.SYSTEM_WIDE;
  }

  private String invalid(List<Problem> problems) {
    StringBuilder message = new StringBuilder(texts.text("config.invalid"));
    problems.forEach(problem -> message.append("\n  ").append(Display.escape(problem.toString())));
    return message.toString();
  }
}
