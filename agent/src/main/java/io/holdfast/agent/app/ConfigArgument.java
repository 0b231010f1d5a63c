package io.holdfast.agent.app;

import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.AgentConfigReader;
import io.holdfast.planfile.config.ConfigResult;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file {@code agent.yaml} of a command line. */
final class ConfigArgument {

  private ConfigArgument() {}

  /** The file that is the only argument; its problems go to standard error, and it is empty. */
  static Optional<AgentConfig> only(List<String> arguments) throws UsageException {
    if (arguments.size() != 1) {
      throw new UsageException(
          "one argument is expected, AGENT_YAML; found " + arguments.size() + ": " + arguments);
    }
    return read(arguments.getFirst());
  }

  /** The content of the file; its problems go to standard error, and it is empty. */
  static Optional<AgentConfig> read(String file) throws UsageException {
    return switch (AgentConfigReader.read(path(file))) {
      case ConfigResult.Valid<AgentConfig> valid -> Optional.of(valid.config());
      case ConfigResult.Invalid<AgentConfig> invalid -> {
        invalid.problems().forEach(System.err::println);
        yield Optional.empty();
      }
    };
  }

  private static Path path(String file) throws UsageException {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new UsageException("AGENT_YAML: not the name of a file: " + e.getReason());
    }
  }
}
