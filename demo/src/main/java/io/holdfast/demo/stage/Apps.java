package io.holdfast.demo.stage;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The built programs of a checkout. */
enum Apps {
  AGENT("agent", "io.holdfast.agent.app.AgentMain"),
  COLLECTOR("collector", "io.holdfast.collector.app.CollectorMain");

  private final String module;
  private final String mainClass;

  Apps(String module, String mainClass) {
    this.module = module;
    this.mainClass = mainClass;
  }

  String mainClass() {
    return mainClass;
  }

  /** Says what to do when the program is not there. */
  void requireBuilt(Path root) {
    String ignored = classPath(root);
  }

  /** The file of JVM options that the program ships with, for {@code java @FILE}. */
  Path jvmOptions(Path root) {
    return root.resolve(module).resolve("src/main/jvm").resolve(module + ".jvm");
  }

  /** The class path, for {@code java -cp}. */
  String classPath(Path root) {
    Path target = root.resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      Path jar =
          files
              .filter(file -> isJarOf(file.getFileName().toString()))
              .findFirst()
              .orElseThrow(() -> notBuilt(target));
      return jar + ":" + target.resolve("lib") + "/*";
    } catch (IOException missing) {
      throw notBuilt(target);
    }
  }

  private boolean isJarOf(String file) {
    return file.matches("holdfast-" + module + "-[0-9][0-9A-Za-z.]*(-SNAPSHOT)?\\.jar");
  }

  private StageException notBuilt(Path target) {
    return StageException.notReady(
        "the module "
            + module
            + " is not built: no holdfast-"
            + module
            + "-VERSION.jar in "
            + target
            + "; run ./holdfast build");
  }

  /** Where a class came from: its jar, or the folder of its module's classes. */
  static Path sourceOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class without a file: " + type, e);
    }
  }
}
