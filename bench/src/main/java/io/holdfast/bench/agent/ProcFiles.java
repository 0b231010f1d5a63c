package io.holdfast.bench.agent;

import io.holdfast.demo.stage.StageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** What the kernel says of a process. */
final class ProcFiles {

  /** Fields of {@code /proc/PID/stat} after the name: the state is the first. */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;
  private static final double BYTES_PER_MB = 1e6;

  private ProcFiles() {}

  /** Resident memory in MB of 1,000,000 bytes. */
  static double residentMb(long pid) {
    return megabytes(lines(pid, "status"), "VmRSS:")
        .orElseThrow(() -> StageException.failed("process " + pid + " has no memory: it ended"));
  }

  /** Its share of memory in MB; empty when this may not be read. */
  static OptionalDouble shareMb(long pid) {
    try {
      return megabytes(Files.readAllLines(file(pid, "smaps_rollup")), "Pss:");
    } catch (IOException notOurs) {
      return OptionalDouble.empty();
    }
  }

  /** User and system time of all its threads, in clock ticks. */
  static long cpuTicks(long pid) {
    return cpuTicks(String.join("\n", lines(pid, "stat")));
  }

  static long cpuTicks(String stat) {
    // The name in parentheses may hold anything; what follows the last parenthesis is plain.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
  }

  /** The kernel's kB are 1024 bytes. */
  static OptionalDouble megabytes(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / BYTES_PER_MB)
        .findFirst();
  }

  private static List<String> lines(long pid, String file) {
    try {
      return Files.readAllLines(file(pid, file));
    } catch (IOException gone) {
      throw StageException.failed("process " + pid + " ended while it was measured", gone);
    }
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
