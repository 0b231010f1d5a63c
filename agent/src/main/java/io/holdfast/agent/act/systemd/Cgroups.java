package io.holdfast.agent.act.systemd;

import io.holdfast.agent.act.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cgroups of units: who is in them, and the proof that nobody is. */
final class Cgroups {
  private static final int DEEPEST = 5;

  private final Path root;
  private final ResidentMemory memory;

  Cgroups(Path root, Path proc) {
    this.root = root;
    this.memory = new ResidentMemory(proc);
  }

  /** The v2 hierarchy below a machine's {@code /sys/fs/cgroup}. */
  static Path root(Path mounted) {
    Path beside = mounted.resolve("unified");
    return Files.exists(beside.resolve("cgroup.procs")) ? beside : mounted;
  }

  /**
   * Whether the kernel says that no process is in the cgroup or below it; one that is not there has
   * none.
   *
   * @throws IOException if nobody can say
   */
  boolean isEmpty(String controlGroup) throws IOException {
    if (controlGroup.isEmpty()) {
      return true;
    }
    try {
      return Files.readString(directory(controlGroup).resolve("cgroup.events"))
          .lines()
          .anyMatch(line -> line.equals("populated 0"));
    } catch (IOException e) {
      // No such file, or no such device where the cgroup is removed while it is read.
      return provenAbsent(controlGroup);
    }
  }

  /** The processes in the cgroup and below it; none when it cannot be read. */
  List<String> processes(String controlGroup) {
    if (controlGroup.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory(controlGroup), DEEPEST)) {
      return files
          .filter(Files::isDirectory)
          .map(directory -> lines(directory.resolve("cgroup.procs")))
          .flatMap(List::stream)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** Memory of these processes, in bytes; empty: there are none. */
  Optional<Long> residentBytes(String controlGroup) {
    List<String> pids = processes(controlGroup);
    return pids.isEmpty()
        ? Optional.empty()
        : Optional.of(pids.stream().mapToLong(memory::bytes).sum());
  }

  private boolean provenAbsent(String controlGroup) throws IOException {
    if (!Files.exists(root.resolve("cgroup.procs"))) {
      throw new IOException(root + " is no cgroup v2 hierarchy: what runs cannot be proved gone");
    }
    if (Files.exists(directory(controlGroup))) {
      throw new IOException(directory(controlGroup) + " cannot be read");
    }
    return true;
  }

  private Path directory(String controlGroup) {
    return root.resolve(controlGroup.substring(1)).normalize();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of(); // the cgroup is gone
    }
  }
}
