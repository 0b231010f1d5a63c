package io.holdfast.demo.stage;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/** Reads the kernel's table of sockets, {@code /proc/net/tcp} or {@code tcp6}. */
final class ListenTable {

  private static final String LISTEN = "0A";

  private ListenTable() {}

  /**
   * Inodes of the sockets that listen on an IPv4 address and port, or on that port of all
   * addresses.
   */
  static List<String> inodes(List<String> lines, InetSocketAddress address) {
    String port = String.format(Locale.ROOT, ":%04X", address.getPort());
    String exact = hex(address.getAddress().getAddress());
    return lines.stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+"))
        .filter(field -> field.length > 9 && field[3].equals(LISTEN) && field[1].endsWith(port))
        .filter(field -> matches(field[1].substring(0, field[1].length() - port.length()), exact))
        .map(field -> field[9])
        .toList();
  }

  private static boolean matches(String local, String exact) {
    // In tcp6 an IPv4 address stands behind a fixed prefix, so its last eight digits are compared.
    return local.chars().allMatch(c -> c == '0') || local.endsWith(exact);
  }

  /** As the kernel prints it: the four bytes as one number of a little-endian machine. */
  private static String hex(byte[] ip) {
    return String.format(Locale.ROOT, "%02X%02X%02X%02X", ip[3], ip[2], ip[1], ip[0]);
  }
}
