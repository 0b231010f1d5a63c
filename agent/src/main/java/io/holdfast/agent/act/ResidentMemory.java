package io.holdfast.agent.act;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The memory that a process has in RAM. Pages that it shares count by its share; that needs the
 * right to trace the process (its own user, or root), else each of its pages counts.
 */
public final class ResidentMemory {
  private static final int KILO = 1024;

  private final Path proc;

  /**
   * @param proc the directory {@code /proc}
   */
  public ResidentMemory(Path proc) {
    this.proc = proc;
  }

  /** Bytes of this process; 0 when it is gone. Reads a file or two: not for an event loop. */
  public long bytes(String pid) {
    return kilobytes(pid, "smaps_rollup", "Pss:")
        .or(() -> kilobytes(pid, "status", "VmRSS:"))
        .map(kilobytes -> kilobytes * KILO)
        .orElse(0L);
  }

  private Optional<Long> kilobytes(String pid, String file, String field) {
    try {
      return Files.readString(proc.resolve(pid).resolve(file), StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.startsWith(field))
          .findFirst()
          .map(line -> Long.parseLong(line.substring(field.length()).replace("kB", "").strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
