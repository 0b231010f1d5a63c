package io.holdfast.bench.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The kind of machine that measures: never its name. */
public final class ThisMachine {

  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path LOAD = Path.of("/proc/loadavg");

  private ThisMachine() {}

  /** Cores, memory, system, JVM and the load at this moment, in one line. */
  public static String inWords() {
    return String.format(
        Locale.ROOT,
        "%d cores, %s of memory, %s %s %s, Java %s; load average before: %s",
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.version(),
        firstWord(LOAD));
  }

  private static String memory() {
    try {
      return Files.readAllLines(MEMORY).stream()
          .filter(line -> line.startsWith("MemTotal:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1e9)
          .map(gigabytes -> String.format(Locale.ROOT, "%.1f GB", gigabytes))
          .findFirst()
          .orElse("an unknown amount");
    } catch (IOException e) {
      return "an unknown amount";
    }
  }

  private static String firstWord(Path file) {
    try {
      return Files.readString(file).split(" ", 2)[0];
    } catch (IOException e) {
      return "unknown";
    }
  }
}
