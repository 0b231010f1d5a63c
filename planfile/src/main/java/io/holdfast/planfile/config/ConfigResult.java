package io.holdfast.planfile.config;

import io.holdfast.planfile.problem.Problem;
import java.util.List;

/** What reading a configuration file gave. */
public sealed interface ConfigResult<T> {

  /** The file is good. */
  record Valid<T>(T config) implements ConfigResult<T> {}

  /**
   * The file is refused.
   *
   * @param problems all that were found, at least one, in the file's order
   */
  record Invalid<T>(List<Problem> problems) implements ConfigResult<T> {

    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
