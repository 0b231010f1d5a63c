package io.holdfast.demo.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** This machine, as the tests find it. */
final class TestMachine {

  private TestMachine() {}

  static Machine in(Path root) {
    Path java = Path.of(ProcessHandle.current().info().command().orElseThrow());
    return new Machine(root, java, postgresBin(), root.resolve("keeper"));
  }

  /** As the property says, else the newest that is installed where Debian puts them. */
  private static Path postgresBin() {
    String given = System.getProperty("holdfast.postgres.bin", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    Path all = Path.of("/usr/lib/postgresql");
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .filter(version -> version.getFileName().toString().matches("\\d+"))
          .max(Comparator.comparingInt(v -> Integer.parseInt(v.getFileName().toString())))
          .orElseThrow(() -> new AssertionError("no PostgreSQL server programs in " + all))
          .resolve("bin");
    } catch (IOException e) {
      throw new AssertionError("PostgreSQL 15 or newer is needed for this test: " + e, e);
    }
  }
}
