package io.holdfast.planfile.config;

import io.holdfast.planfile.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What reading a configuration file again gives, beside the configuration in force. */
public sealed interface Reread<T> {

  /** It can be put in force. */
  record Fresh<T>(T config) implements Reread<T> {}

  /**
   * It cannot, and the one before stays in force.
   *
   * @param lines what is wrong, at least one
   */
  record Refused<T>(List<String> lines) implements Reread<T> {

    /** Copies the list. */
    public Refused {
      lines = List.copyOf(lines);
    }

    /** All of it in one line. */
    public String summary() {
      return lines.getFirst() + (lines.size() == 1 ? "" : " (and " + (lines.size() - 1) + " more)");
    }
  }

  /**
   * Compares what was read.
   *
   * @param fixed what of the file holds for as long as the program runs
   */
  static <T> Reread<T> of(ConfigResult<T> read, T inForce, List<Key<T>> fixed) {
    return switch (read) {
      case ConfigResult.Invalid<T> invalid ->
          new Refused<>(invalid.problems().stream().map(Problem::toString).toList());
      case ConfigResult.Valid<T> valid -> {
        List<String> changed = new ArrayList<>();
        for (Key<T> key : fixed) {
          if (!key.value().apply(inForce).equals(key.value().apply(valid.config()))) {
            changed.add(key.name());
          }
        }
        yield changed.isEmpty()
            ? new Fresh<>(valid.config())
            : new Refused<>(
                List.of(
                    "a change of "
                        + String.join(", ", changed)
                        + " needs a restart;"
                        + " nothing of the file was applied"));
      }
    };
  }

  /** A key of the file, and what it says. */
  record Key<T>(String name, Function<T, Object> value) {}
}
