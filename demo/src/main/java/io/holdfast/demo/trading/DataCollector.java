package io.holdfast.demo.trading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The sample {@code data_collector}: writes the time of its last collection to a file, once a
 * second.
 *
 * <p>Argument: {@code --file=PATH}.
 */
public final class DataCollector {

  private DataCollector() {}

  /** Runs until SIGTERM. */
  public static void main(String[] args) {
    var arguments = Arguments.of(args, Set.of("file"));
    Path file = Path.of(arguments.text("file")).toAbsolutePath();
    var timer = Executors.newSingleThreadScheduledExecutor();
    var unused = timer.scheduleAtFixedRate(() -> collect(file), 0, 1, TimeUnit.SECONDS);
  }

  /** Never leaves a half-written file behind: readers look at it at any time. */
  private static void collect(Path file) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, Instant.now() + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      System.err.println("cannot write " + file + ": " + failed.getMessage());
    }
  }
}
