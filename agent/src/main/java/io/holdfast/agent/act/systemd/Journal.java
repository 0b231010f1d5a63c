package io.holdfast.agent.act.systemd;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the journal what a unit said last: the one program that systemd mode runs, always with the
 * same arguments but for the unit of the allowlist. A thread is there only while it is needed.
 */
final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int MAX_BYTES = 64 * 1024;
  private static final int WAITING = 16;
  private static final long KEEP_SECONDS = 5;
  private static final long LONGEST_SECONDS = 2;

  private final List<String> program;
  private final ThreadPoolExecutor asking =
      new ThreadPoolExecutor(
          0,
          1,
          KEEP_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("journal").daemon().factory());

  Journal(List<String> program) {
    this.program = List.copyOf(program);
  }

  /**
   * What the unit said last, oldest first; empty when the journal does not tell.
   *
   * @param invocation the run that is meant
   */
  CompletableFuture<List<String>> lastLines(String unit, String invocation) {
    CompletableFuture<List<String>> lines = new CompletableFuture<>();
    try {
      asking.execute(() -> lines.complete(JournalLine.ofRun(read(unit), invocation)));
    } catch (RejectedExecutionException e) {
      lines.complete(List.of()); // many fail at once: what matters is told without lines
    }
    return lines;
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }

  /** Without --boot: in a container, a hardened unit is told the boot id of the machine. */
  private List<String> command(String unit) {
    List<String> command = new ArrayList<>(program);
    command.addAll(
        List.of(
            "--no-pager",
            "--quiet",
            "--output=json",
            "--output-fields=MESSAGE,SYSLOG_IDENTIFIER,_SYSTEMD_INVOCATION_ID",
            "--lines=20",
            "--unit=" + unit));
    return command;
  }

  private List<JournalLine> read(String unit) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command(unit))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder
          .environment()
          .keySet()
          .retainAll(Set.of("PATH")); // the manager's socket is the agent's
      Process process = builder.start();
      CompletableFuture<Process> unused =
          process
              .onExit()
              .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
              .whenComplete((ended, late) -> process.destroyForcibly());
      byte[] bytes = process.getInputStream().readNBytes(MAX_BYTES);
      process.destroyForcibly();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .map(JournalLine::parse)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      LOG.warn("the journal of {} cannot be read: {}", unit, e.getMessage());
      return List.of();
    }
  }
}
