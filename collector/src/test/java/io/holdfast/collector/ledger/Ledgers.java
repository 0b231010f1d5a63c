package io.holdfast.collector.ledger;

import io.holdfast.collector.ledger.LedgerSettings.Limits;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent.ServiceStarted;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.SystemInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Small ledgers, what is written to them, and what is read back. */
public final class Ledgers {
  public static final String HOST = "trade-a";
  public static final String SPOOL = "spool-1";
  private static final long PATIENCE_SECONDS = 60;

  /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
  private static final Logger RATIS = Logger.getLogger("org.apache.ratis");

  static {
    RATIS.setLevel(Level.SEVERE);
  }

  private Ledgers() {}

  /** Small in every way, so that snapshots and log files come and go quickly. */
  public static Limits smallLimits(long snapshotEvery) {
    return new Limits(
        snapshotEvery,
        1 << 16,
        1 << 16,
        1 << 20,
        1 << 16,
        Duration.ofSeconds(20),
        Duration.ofSeconds(40));
  }

  public static LedgerSettings settings(Path directory, Limits limits) {
    return new LedgerSettings(
        directory, "collector-1", "machine-1", "127.0.0.1", 0, Optional.empty(), limits);
  }

  public static RatisLedger ledger(LedgerSettings settings, FatalHandler fatal) {
    return new RatisLedger(settings, Ledgers::plan, LeadershipListener.NONE, fatal);
  }

  /** Started; a fatal error of it fails whatever is appended next. */
  public static RatisLedger started(LedgerSettings settings) {
    RatisLedger ledger = ledger(settings, (message, cause) -> {});
    await(ledger.start());
    return ledger;
  }

  public static RatisLedger started(Path directory, long snapshotEvery) {
    return started(settings(directory, smallLimits(snapshotEvery)));
  }

  /** What it came to; a failure is thrown as it is. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("nothing within " + PATIENCE_SECONDS + " s", e);
    }
  }

  /** The event with this sequence; the one before it has the sequence before. */
  public static LedgerRecord event(long sequence) {
    return new EventRecorded(
        HOST,
        SPOOL,
        new SpooledEvent(
            sequence,
            sequence - 1,
            new Moment(sequence, 1_700_000_000_000L + sequence),
            "boot-1",
            new ServiceStarted("trading_engine", 100 + sequence)),
        1_700_000_000_000L);
  }

  /** Appends the events {@code from} to {@code to}, each as an entry, all at once. */
  public static ClusterState append(RatisLedger ledger, long from, long to) {
    List<CompletionStage<ClusterState>> stages = new ArrayList<>();
    for (long sequence = from; sequence <= to; sequence++) {
      stages.add(ledger.append(List.of(event(sequence))));
    }
    ClusterState last = ledger.state();
    for (CompletionStage<ClusterState> stage : stages) {
      last = await(stage);
    }
    return last;
  }

  public static long lastSequence(ClusterState state) {
    return state.lastSequence(HOST, SPOOL);
  }

  public static Plan plan(String text) {
    return new Plan(
        "sha256:" + Integer.toHexString(text.hashCode()),
        new SystemInfo(text, "en", "Asia/Taipei"),
        Map.of(),
        Map.of(),
        Map.of(),
        new CheckTiming(Duration.ofSeconds(30), Duration.ofSeconds(5), 3, 2),
        Map.of(),
        List.of());
  }

  public static PlanApplied planApplied(String text) {
    return new PlanApplied(text, plan(text), 1_700_000_000_000L, "admin");
  }

  /** The directory as {@code kill -9} would leave it now. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** The one file of a ledger whose name matches, the last one by name where there are several. */
  public static Path find(Path directory, String regex) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(regex))
          .max(Path::compareTo)
          .orElseThrow(() -> new AssertionError("no " + regex + " in " + directory));
    }
  }
}
