package io.holdfast.planfile.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configuration files of tests, with the files that they name. */
final class ConfigFiles {

  private ConfigFiles() {}

  static Path write(Path directory, String name, String text) {
    try {
      for (String file : List.of("a.crt", "a.key", "ca.crt")) {
        Files.writeString(directory.resolve(file), "pem");
      }
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T valid(ConfigResult<T> result) {
    return switch (result) {
      case ConfigResult.Valid<T> valid -> valid.config();
      case ConfigResult.Invalid<T> invalid ->
          throw new AssertionError(invalid.problems().toString());
    };
  }

  /** The problems without the file's directory. */
  static List<String> problems(Path directory, ConfigResult<?> result) {
    return switch (result) {
      case ConfigResult.Valid<?> valid -> List.of();
      case ConfigResult.Invalid<?> invalid ->
          invalid.problems().stream()
              .map(problem -> problem.toString().replace(directory + "/", ""))
              .toList();
    };
  }
}
