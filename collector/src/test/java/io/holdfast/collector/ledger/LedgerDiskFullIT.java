package io.holdfast.collector.ledger;

import static io.holdfast.collector.ledger.Ledgers.append;
import static io.holdfast.collector.ledger.Ledgers.await;
import static io.holdfast.collector.ledger.Ledgers.lastSequence;
import static io.holdfast.collector.ledger.Ledgers.settings;
import static io.holdfast.collector.ledger.Ledgers.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.collector.ledger.LedgerException.StartRefused;
import io.holdfast.collector.ledger.LedgerSettings.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own; making one takes root. */
class LedgerDiskFullIT {
  @TempDir Path parent;
  private final BlockingQueue<String> fatal = new LinkedBlockingQueue<>();
  private SmallDisk small;
  private Path disk;
  private RatisLedger ledger;

  @BeforeEach
  void mount() throws Exception {
    small = SmallDisk.mount(parent.resolve("disk"), "8m");
    disk = small.directory();
  }

  @AfterEach
  void unmount() throws Exception {
    if (ledger != null) {
      await(ledger.close());
    }
    small.close();
  }

  @Test
  void stopsWithAMessageWhileThereIsStillRoom() throws Exception {
    start(limits(2 << 20, 1 << 20));
    append(ledger, 1, 10);
    small.fill(5 << 20);
    long acknowledged = appendOrStop();
    assertThat(fatal.poll(10, TimeUnit.SECONDS))
        .contains(disk.toString())
        .contains("bytes free; the ledger needs 2,097,152");
    await(ledger.close());
    assertThat(disk.resolve("ledger/reserve")).doesNotExist();

    RatisLedger again = ledger(limits(6 << 20, 0));
    assertThatThrownBy(() -> await(again.start()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("Make room and start again");
    small.free();
    start(limits(2 << 20, 1 << 20));
    assertThat(lastSequence(ledger.state())).isBetween(acknowledged, 11L);
  }

  /** The ledger looks at its disk after each answer: after the tenth it may have been full. */
  private long appendOrStop() {
    try {
      append(ledger, 11, 11);
      return 11;
    } catch (LedgerException.Closed stopped) {
      return 10;
    }
  }

  @Test
  void aFullDiskEndsTheProcessAndLosesNothingThatWasAcknowledged() throws Exception {
    Path directory = disk.resolve("ledger");
    Path errors = parent.resolve("errors");
    ChildProcess child = ChildProcess.start(directory, 100_000, errors);
    assertThat(child.nextLine()).isEqualTo("READY 0");
    small.fill();
    List<Long> acknowledged = child.acknowledgedAtItsEnd();
    assertThat(child.exitStatus()).isEqualTo(1);
    assertThat(errors)
        .content()
        .contains("the ledger cannot go on")
        .contains("No space left on device");

    small.free();
    ledger = started(settings(directory, limits(0, 0)));
    long last = lastSequence(ledger.state());
    assertThat(last).isGreaterThanOrEqualTo(acknowledged.getLast());
    assertThat(ledger.state().history().total()).isEqualTo(last);
    assertThat(lastSequence(append(ledger, last + 1, last + 1))).isEqualTo(last + 1);
  }

  private void start(Limits limits) {
    ledger = ledger(limits);
    await(ledger.start());
  }

  private RatisLedger ledger(Limits limits) {
    return Ledgers.ledger(
        settings(disk.resolve("ledger"), limits), (message, cause) -> fatal.add(message));
  }

  private static Limits limits(long freeSpaceMin, long reserve) {
    return new Limits(
        100_000,
        1 << 16,
        1 << 16,
        freeSpaceMin,
        reserve,
        Duration.ofSeconds(20),
        Duration.ofSeconds(40));
  }
}
