package io.holdfast.agent.act.process;

import io.holdfast.agent.act.ResidentMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The processes of this host, as {@code /proc} shows them. */
final class ProcessTable {
  // Fields of /proc/PID/stat after the program's name in parentheses.
  private static final int STATE = 0;
  private static final int SESSION = 3;
  private static final int START_TICKS = 19;

  private final Path proc;
  private final ResidentMemory memory;

  ProcessTable(Path proc) {
    this.proc = proc;
    this.memory = new ResidentMemory(proc);
  }

  /** True while this very process lives; one that only waits to be reaped does not. */
  boolean lives(ProcessId process) {
    return stat(Long.toString(process.pid()))
        .filter(ProcessTable::alive)
        .map(fields -> Long.parseLong(fields[START_TICKS]) == process.startTicks())
        .orElse(false);
  }

  /** Memory of each of these sessions, in bytes; a session without a process is absent. */
  Map<Long, Long> residentBytes(Set<Long> sessions) {
    Map<Long, Long> bytes = new HashMap<>();
    if (sessions.isEmpty()) {
      return bytes;
    }
    for (String pid : pids()) {
      stat(pid)
          .filter(ProcessTable::alive)
          .map(fields -> Long.parseLong(fields[SESSION]))
          .filter(sessions::contains)
          .ifPresent(session -> bytes.merge(session, memory.bytes(pid), Long::sum));
    }
    return bytes;
  }

  private List<String> pids() {
    List<String> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      entries.forEach(entry -> pids.add(entry.getFileName().toString()));
    } catch (IOException e) {
      return List.of();
    }
    return pids;
  }

  private Optional<String[]> stat(String pid) {
    return text(pid, "stat")
        .map(text -> text.substring(text.lastIndexOf(')') + 2).split(" ", -1))
        .filter(fields -> fields.length > START_TICKS);
  }

  private static boolean alive(String[] fields) {
    return !fields[STATE].equals("Z") && !fields[STATE].equals("X");
  }

  private Optional<String> text(String pid, String file) {
    try {
      return Optional.of(
          Files.readString(proc.resolve(pid).resolve(file), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
