package io.holdfast.planfile.problem;

import java.util.Comparator;
import java.util.Optional;

/**
 * One mistake in a file.
 *
 * @param file the file's name as the user gave it
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1; 0 where the whole file is meant
 * @param path of the value, as {@code services.database.timeout} or {@code healing[0].trigger};
 *     empty for the whole file
 * @param message what was found and what is allowed, in English, one line
 * @param suggestion what was probably meant
 */
public record Problem(
    String file, int line, int column, String path, String message, Optional<String> suggestion)
    implements Comparable<Problem> {

  private static final Comparator<Problem> BY_POSITION =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::path)
          .thenComparing(Problem::message)
          .thenComparing(problem -> problem.suggestion().orElse(""));

  /** In the order in which a person reads the file. */
  @Override
  public int compareTo(Problem other) {
    return BY_POSITION.compare(this, other);
  }

  /** {@code plan.yaml:12:5: services.database.timeout: found …. Did you mean …?} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(message);
    suggestion.ifPresent(meant -> text.append(". Did you mean ").append(meant).append('?'));
    return text.toString();
  }
}
