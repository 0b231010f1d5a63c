package io.holdfast.demo.trading;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The {@code --name=value} arguments of one of the sample programs, checked. */
final class Arguments {

  private final TreeMap<String, String> values = new TreeMap<>();

  /**
   * Reads the arguments; ends the program with exit code 2 and one line when one is unknown,
   * malformed or missing.
   *
   * @param names every one is required, and no other is allowed
   */
  static Arguments of(String[] args, Set<String> names) {
    try {
      return new Arguments(args, names);
    } catch (IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      System.exit(2);
      throw bad;
    }
  }

  Arguments(String[] args, Set<String> names) {
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0 || !names.contains(arg.substring(2, equals))) {
        throw new IllegalArgumentException(
            "unknown argument: "
                + arg
                + " (allowed: --NAME=VALUE with NAME of "
                + sorted(names)
                + ")");
      }
      values.put(arg.substring(2, equals), arg.substring(equals + 1));
    }
    for (String name : names) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException("missing argument: --" + name + "=VALUE");
      }
    }
  }

  String text(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** The address to listen on, of the arguments {@code address} and {@code port}. */
  InetSocketAddress listen() {
    String port = text("port");
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new IllegalArgumentException("--port=" + port + ": allowed are 0 to 65535");
    }
    return new InetSocketAddress(text("address"), Integer.parseInt(port));
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
