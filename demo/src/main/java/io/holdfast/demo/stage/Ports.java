package io.holdfast.demo.stage;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the addresses that the demo needs are free, and who has them. */
final class Ports {

  private Ports() {}

  /** Ends with a message that names address, port and, if it can be told, the process. */
  static void requireFree(List<InetSocketAddress> addresses) {
    for (InetSocketAddress address : addresses) {
      try {
        bind(address);
      } catch (IOException taken) {
        throw StageException.notReady(
            "%s port %d is needed, and cannot be had: %s%s"
                .formatted(
                    address.getHostString(),
                    address.getPort(),
                    taken.getMessage(),
                    holder(address).map(who -> "; it is used by " + who).orElse("")));
      }
    }
  }

  /** Whether all of them can be had at this moment. */
  static boolean areFree(List<InetSocketAddress> addresses) {
    try {
      for (InetSocketAddress address : addresses) {
        bind(address);
      }
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static void bind(InetSocketAddress address) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address, 1);
    }
  }

  private static Optional<String> holder(InetSocketAddress address) {
    for (String table : List.of("tcp", "tcp6")) {
      try {
        List<String> lines = Files.readAllLines(Path.of("/proc/net", table));
        Optional<String> who =
            ListenTable.inodes(lines, address).stream()
                .flatMap(inode -> owner(inode).stream())
                .findFirst();
        if (who.isPresent()) {
          return who;
        }
      } catch (IOException notReadable) {
        // Naming the process is a courtesy; the message is clear without it.
      }
    }
    return Optional.empty();
  }

  private static Optional<String> owner(String inode) {
    return ProcessTable.pids()
        .filter(pid -> hasSocket(pid, inode))
        .findFirst()
        .map(
            pid ->
                "process %d (%s)"
                    .formatted(
                        pid,
                        ProcessTable.entry(pid)
                            .map(entry -> String.join(" ", entry.command()))
                            .map(Ports::shortened)
                            .orElse("gone")));
  }

  /** Beginning and end: a program's name and what it was told to do. */
  private static String shortened(String line) {
    return line.length() <= 120
        ? line
        : line.substring(0, 50) + " ... " + line.substring(line.length() - 65);
  }

  private static boolean hasSocket(long pid, String inode) {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.anyMatch(link -> pointsTo(link, "socket:[" + inode + "]"));
    } catch (IOException notOurs) {
      return false;
    }
  }

  private static boolean pointsTo(Path link, String target) {
    try {
      return Files.readSymbolicLink(link).toString().equals(target);
    } catch (IOException closed) {
      return false;
    }
  }
}
