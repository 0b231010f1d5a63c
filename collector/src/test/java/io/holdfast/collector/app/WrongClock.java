package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A wall clock that is wrong for a process that is started with it, and jumps when it is told to.
 */
final class WrongClock {
  private final Path library;
  private final Path directory;

  private WrongClock(Path library, Path directory) {
    this.library = library;
    this.directory = directory;
  }

  /** One that keeps its file there; without libfaketime the test is skipped, and fails in CI. */
  static WrongClock in(Path directory) throws IOException {
    return new WrongClock(library(), directory);
  }

  /** What a process needs that is to have it. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file().toString(),
        // Each reading of the clock would read the file: too slow for a program like this.
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1",
        // Without it every timed wait of a JVM returns at once, and its threads spin.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /** Sets it: {@code +1h}; processes see it within a second. */
  void set(String offset) throws IOException {
    Path fresh = Files.writeString(directory.resolve("clock.new"), offset + "\n");
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file() {
    return directory.resolve("clock");
  }

  private static Path library() throws IOException {
    try (Stream<Path> libraries = Files.find(Path.of("/usr/lib"), 3, WrongClock::isLibrary)) {
      Path found = libraries.findFirst().orElse(Path.of(""));
      boolean there = !found.toString().isEmpty();
      if (System.getenv("CI") != null) {
        assertThat(there).as("libfaketime is installed").isTrue();
      }
      assumeTrue(there, "libfaketime is installed (apt's package libfaketime)");
      return found;
    }
  }

  private static boolean isLibrary(Path file, BasicFileAttributes kind) {
    return file.endsWith("faketime/libfaketimeMT.so.1");
  }
}
