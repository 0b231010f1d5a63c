package io.holdfast.demo.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the demo finds on this machine; {@code ./holdfast} says it in system properties.
 *
 * @param root the checkout ({@code holdfast.root})
 * @param java the program {@code java}, 21 or newer ({@code holdfast.java}; default: the one that
 *     runs this)
 * @param postgresBin folder of PostgreSQL's server programs ({@code holdfast.postgres.bin})
 * @param keeper the program that parents the services ({@code holdfast.keeper})
 */
public record Machine(Path root, Path java, Path postgresBin, Path keeper) {

  /** The example plan, which the demo runs as it is shipped. */
  private static final String PLAN = "docs/examples/ai-trader.plan.yaml";

  /** Reads the properties; an error with exit code 2 says what is missing. */
  public static Machine ofProperties() {
    Path root = path("holdfast.root", null);
    String here = ProcessHandle.current().info().command().orElse("java");
    var machine =
        new Machine(
            root,
            path("holdfast.java", here),
            path("holdfast.postgres.bin", null),
            path("holdfast.keeper", root.resolve("agent/src/main/keeper/keeper").toString()));
    require(machine.plan(), "the example plan");
    require(machine.keeper(), "the program keeper");
    return machine;
  }

  Path plan() {
    return root.resolve(PLAN);
  }

  private static Path path(String property, @Nullable String otherwise) {
    String value = System.getProperty(property, otherwise);
    if (value == null || value.isEmpty()) {
      throw StageException.notReady(
          "the system property " + property + " is not set: start the demo with ./holdfast demo");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }

  private static void require(Path file, String what) {
    if (!Files.isReadable(file)) {
      throw StageException.notReady(what + " is missing: " + file);
    }
  }
}
