package io.holdfast.agent.act.process;

import java.util.Optional;

/** One line of a keeper's report file. */
sealed interface Report {

  /** Grows with each line, over all keepers of the service. */
  long sequence();

  /** A keeper began. */
  record Began(long sequence, ProcessId keeper, String bootId) implements Report {}

  /** The service's main process runs, since this time of the boot clock. */
  record Started(long sequence, long bootMillis, ProcessId process) implements Report {}

  /** The service's main process ended; code -1: by the signal. */
  record Exited(long sequence, long pid, int code, int signal) implements Report {}

  /** The service could not be started. */
  record Unstarted(long sequence, long pid, String detail) implements Report {}

  /** The answer to a command; empty detail: done. */
  record Answered(long sequence, String request, Optional<String> failure) implements Report {}

  /** The keeper ended as asked, with its service. */
  record Quit(long sequence) implements Report {}

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is not one of a keeper
   */
  static Report parse(String line) {
    String[] words = line.split(" ", 5);
    if (words.length < 3) {
      throw new IllegalArgumentException("not a report: " + line);
    }
    long sequence = Long.parseLong(words[0]);
    long bootMillis = Long.parseLong(words[1]) * 10;
    String first = words.length > 3 ? words[3] : "";
    String rest = words.length > 4 ? words[4] : "";
    return switch (words[2]) {
      case "keeper" -> began(sequence, Long.parseLong(first), rest.split(" ", 2));
      case "started" ->
          new Started(
              sequence, bootMillis, new ProcessId(Long.parseLong(first), Long.parseLong(rest)));
      case "exited" -> exited(sequence, Long.parseLong(first), rest.split(" ", 2));
      case "unstarted" -> new Unstarted(sequence, Long.parseLong(first), rest);
      case "done" -> new Answered(sequence, first, Optional.empty());
      case "failed" -> new Answered(sequence, first, Optional.of(rest));
      case "quit" -> new Quit(sequence);
      default -> throw new IllegalArgumentException("not a report: " + line);
    };
  }

  private static Began began(long sequence, long pid, String[] rest) {
    if (rest.length != 2) {
      throw new IllegalArgumentException("report " + sequence + " has no boot id");
    }
    return new Began(sequence, new ProcessId(pid, Long.parseLong(rest[0])), rest[1]);
  }

  private static Exited exited(long sequence, long pid, String[] rest) {
    if (rest.length != 2) {
      throw new IllegalArgumentException("report " + sequence + " has no signal");
    }
    return new Exited(sequence, pid, Integer.parseInt(rest[0]), Integer.parseInt(rest[1]));
  }
}
