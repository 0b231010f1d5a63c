package io.holdfast.cli.command;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that may stay and show each change. */
final class WatchOptions {
  @Option(names = "--watch", descriptionKey = "status.watch")
  private boolean watch;

  @Option(names = "--updates", paramLabel = "N", descriptionKey = "status.updates")
  private Optional<Integer> updates = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  boolean asked() {
    return watch;
  }

  /**
   * Carries the command out.
   *
   * @throws ParameterException for a number of updates that makes no sense
   */
  int run(HoldfastCommand root, StatusReport.Shape shape) {
    if (updates.isPresent()) {
      if (!watch) {
        throw new ParameterException(
            spec.commandLine(), root.texts().text("usage.needs", "--updates", "--watch"));
      }
      root.requireBetween(spec, "--updates", updates.get(), 1, Integer.MAX_VALUE);
    }
    StatusReport report = new StatusReport(root, shape);
    return watch ? report.watch(updates.orElse(0)) : report.once();
  }
}
