package io.holdfast.demo.stage;

import io.holdfast.demo.stage.ProcessTable.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Ends every process of a run and removes its files, whoever started it and whatever state it is
 * in.
 *
 * <p>Agents go first, because an agent brings back what dies under it; then the services with their
 * keepers, then the collector, and PostgreSQL last, so that nobody loses the database while
 * running.
 */
public final class Leftovers {

  private static final Duration GRACE = Duration.ofSeconds(4);
  private static final Duration HARD = Duration.ofSeconds(10);

  private static final Predicate<Entry> AGENT = e -> e.runsClass(Apps.AGENT.mainClass());
  private static final Predicate<Entry> COLLECTOR = e -> e.runsClass(Apps.COLLECTOR.mainClass());
  private static final Predicate<Entry> INITDB = e -> e.program().equals("initdb");
  private static final Predicate<Entry> POSTGRES = e -> e.program().equals("postgres");

  private final RunFolder run;

  /** The leftovers of a run. */
  public Leftovers(RunFolder run) {
    this.run = run;
  }

  /** Ends every process; an error names those that stay. */
  public void endProcesses() {
    end(AGENT, "TERM");
    // It ends its own children, and hangs when somebody else does.
    end(INITDB, "TERM");
    end(AGENT.or(COLLECTOR).or(POSTGRES).negate(), "TERM");
    end(COLLECTOR, "TERM");
    end(POSTGRES, "INT");
    // What was being started while we went through the kinds.
    end(any -> true, "KILL");
    List<Entry> stubborn = ProcessTable.of(run);
    if (!stubborn.isEmpty()) {
      throw StageException.failed("these processes do not end: " + stubborn);
    }
  }

  /** Removes the files, and the operating-system user if one was made for the run. */
  public void removeFiles() {
    try {
      UnprivilegedUser.removeIfMade(run);
      run.delete();
    } catch (IOException e) {
      throw StageException.failed("cannot remove " + run.path() + ": " + e.getMessage(), e);
    }
  }

  /** Removes the user but keeps the files, for someone who wants to look at them. */
  public void keepFiles() {
    try {
      UnprivilegedUser.removeIfMade(run);
      Files.deleteIfExists(run.userMark());
    } catch (IOException e) {
      throw StageException.failed("cannot clean up " + run.path() + ": " + e.getMessage(), e);
    }
  }

  private void end(Predicate<Entry> kind, String signal) {
    if (signalAll(kind, signal) && !waitUntilGone(kind, GRACE)) {
      // PostgreSQL's own word for "now": it still removes its shared memory.
      signalAll(kind.and(POSTGRES), "QUIT");
      signalAll(kind.and(POSTGRES.negate()), "KILL");
      if (!waitUntilGone(kind, GRACE)) {
        signalAll(kind, "KILL");
        waitUntilGone(kind, HARD);
      }
    }
  }

  private boolean signalAll(Predicate<Entry> kind, String signal) {
    List<Entry> targets = ProcessTable.of(run).stream().filter(kind).toList();
    targets.forEach(target -> Signals.send(signal, target.pid()));
    return !targets.isEmpty();
  }

  private boolean waitUntilGone(Predicate<Entry> kind, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (ProcessTable.of(run).stream().anyMatch(kind)) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
