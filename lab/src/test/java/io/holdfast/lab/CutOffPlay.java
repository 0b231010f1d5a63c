package io.holdfast.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A playbook that is killed in the midst of its work, with all of its connections: as if the
 * control node had lost its power.
 */
final class CutOffPlay {
  private static final Duration LONGEST = Duration.ofMinutes(8);

  private CutOffPlay() {}

  /**
   * Plays it until a task has begun, and some time more.
   *
   * @param task as Ansible prints it, such as {@code agent : Enrol the host}
   * @return whether it was killed; else it ended before the task began, or before the time was over
   */
  static boolean play(Lab lab, String playbook, String task, Duration after) {
    try {
      Path root = lab.home().getParent().getParent();
      Process process =
          new ProcessBuilder(root.resolve("holdfast").toString(), "lab", "play", playbook)
              .directory(root.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      boolean begun = reads(process, "TASK [" + task + "]");
      boolean ended = !begun || process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(process);
      }
      if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LabException("a playbook of which every process was killed does not end");
      }
      return !ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while a playbook was played", e);
    }
  }

  private static boolean reads(Process process, String wanted) throws IOException {
    BufferedReader reader = process.inputReader();
    for (Optional<String> line = next(reader); line.isPresent(); line = next(reader)) {
      if (line.get().startsWith(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> next(BufferedReader reader) throws IOException {
    return Optional.ofNullable(reader.readLine());
  }

  /** The lab has a control group for it, with the connections that it keeps. */
  private static void kill(Process process) throws IOException {
    String unified = unified();
    Path group =
        process
            .descendants()
            .flatMap(child -> group(unified, child).stream())
            .findFirst()
            .orElseThrow(() -> new LabException("the playbook has no process in its group"));
    Files.writeString(group.resolve("cgroup.kill"), "1");
  }

  private static Optional<Path> group(String unified, ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/cgroup")).stream()
          .filter(line -> line.startsWith("0::/holdfast-lab-") && line.endsWith("/ansible"))
          .map(line -> Path.of(unified + line.substring("0::".length())))
          .findFirst();
    } catch (IOException endedMeanwhile) {
      return Optional.empty();
    }
  }

  private static String unified() throws IOException {
    return Files.readAllLines(Path.of("/proc/mounts")).stream()
        .map(line -> line.split(" ", 4))
        .filter(mount -> mount[2].equals("cgroup2"))
        .map(mount -> mount[1])
        .findFirst()
        .orElseThrow(() -> new LabException("control groups of version 2 are not mounted"));
  }
}
