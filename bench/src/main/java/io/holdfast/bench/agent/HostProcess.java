package io.holdfast.bench.agent;

import io.holdfast.demo.stage.StageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Processes of a host of the lab, which this machine numbers otherwise than the host does. */
final class HostProcess {

  private HostProcess() {}

  /**
   * A process of the host.
   *
   * @param leader the first process of the host, as this machine numbers it
   * @param pid as the host numbers it
   * @throws StageException when there is none
   */
  static ProcessHandle of(long leader, long pid) {
    Optional<Path> host = pidNamespace(leader);
    return ProcessHandle.allProcesses()
        .filter(process -> host.isPresent() && pidNamespace(process.pid()).equals(host))
        .filter(process -> innermost(status(process.pid())).equals(OptionalLong.of(pid)))
        .findFirst()
        .orElseThrow(() -> StageException.failed("the host has no process " + pid));
  }

  /** The number that a process has where it lives; empty when its status does not say it. */
  static OptionalLong innermost(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("NSpid:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf('\t') + 1)))
        .findFirst();
  }

  private static Optional<Path> pidNamespace(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns/pid")));
    } catch (IOException goneOrNotOurs) {
      return Optional.empty();
    }
  }

  private static List<String> status(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
    } catch (IOException gone) {
      return List.of();
    }
  }
}
