package io.holdfast.agent.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the kernel says of this machine's TCP connections. */
public final class OpenConnections {
  private static final Set<String> ESTABLISHED_OR_BEING_MADE = Set.of("01", "02");

  private OpenConnections() {}

  /** Connections whose client side, towards {@code port} of 127.0.0.1, is open. */
  public static long to(int port) {
    String remote = "0100007F:%04X".formatted(port);
    String mapped = "0000000000000000FFFF0000" + remote;
    return lines().stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(
            f ->
                (f[2].equals(remote) || f[2].equals(mapped))
                    && ESTABLISHED_OR_BEING_MADE.contains(f[3]))
        .count();
  }

  private static List<String> lines() {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/net/tcp")));
      // Java's sockets are IPv6 ones where the kernel has it, also towards 127.0.0.1.
      Path six = Path.of("/proc/self/net/tcp6");
      if (Files.exists(six)) {
        lines.addAll(Files.readAllLines(six));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
