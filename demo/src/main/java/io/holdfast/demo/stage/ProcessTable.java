package io.holdfast.demo.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of this machine, read from {@code /proc}. */
public final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /**
   * A process.
   *
   * @param pid its number
   * @param program name of its executable's file; empty when it may not be read
   * @param command its arguments, the first being the program as it was called
   */
  public record Entry(long pid, String program, List<String> command) {
    /** Copies the list. */
    public Entry {
      command = List.copyOf(command);
    }

    /** Whether it is a JVM that was started with this main class. */
    public boolean runsClass(String name) {
      return program.equals("java") && command.contains(name);
    }
  }

  /**
   * The processes that belong to a run: those that carry its variable, and keepers of its services,
   * whatever their environment.
   */
  public static List<Entry> of(RunFolder run) {
    return pids()
        .filter(pid -> pid != ProcessHandle.current().pid())
        .flatMap(
            pid -> {
              boolean marked = strings(pid, "environ").contains(run.environmentEntry());
              Optional<Entry> entry = marked ? entry(pid) : entry(pid).filter(e -> keeps(e, run));
              return entry.stream();
            })
        .toList();
  }

  /** The process with this number, or empty when there is none or it is dead but not yet buried. */
  public static Optional<Entry> entry(long pid) {
    List<String> command = strings(pid, "cmdline");
    if (command.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Entry(pid, program(pid), command));
  }

  /**
   * When a process was started, in clock ticks since boot; with the pid it names a process for
   * ever.
   */
  public static Optional<String> startTicks(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      // The name in parentheses may hold anything; what follows the last parenthesis is plain.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[19]);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** A keeper is given nothing of its agent's environment, but its folder is in its command. */
  private static boolean keeps(Entry entry, RunFolder run) {
    return (entry.program().equals("bash") || entry.program().equals("setsid"))
        && entry.command().stream().anyMatch(word -> word.endsWith("/keeper"))
        && entry.command().stream().anyMatch(word -> word.startsWith(run.path() + "/"));
  }

  static Stream<Long> pids() {
    try (Stream<Path> all = Files.list(PROC)) {
      return all
          .map(path -> path.getFileName().toString())
          .filter(name -> name.chars().allMatch(c -> c >= '0' && c <= '9'))
          .map(Long::valueOf)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String program(long pid) {
    try {
      Path link = Files.readSymbolicLink(PROC.resolve(Long.toString(pid)).resolve("exe"));
      return link.getFileName() == null ? "" : link.getFileName().toString();
    } catch (IOException notReadable) {
      return "";
    }
  }

  /** The NUL-separated strings of a file of a process; none when it is gone or not ours to read. */
  private static List<String> strings(long pid, String file) {
    try {
      byte[] bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file));
      String text = new String(bytes, StandardCharsets.UTF_8);
      return new ArrayList<>(Arrays.stream(text.split("\0")).filter(s -> !s.isEmpty()).toList());
    } catch (IOException gone) {
      return List.of();
    }
  }
}
