package io.holdfast.collector.ledger;

import static io.holdfast.collector.ledger.Ledgers.await;
import static io.holdfast.collector.ledger.Ledgers.lastSequence;
import static io.holdfast.collector.ledger.Ledgers.settings;
import static io.holdfast.collector.ledger.Ledgers.smallLimits;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.RecordedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random instants: the ledger has what was acknowledged, once, in order. */
class LedgerKillIT {
  private static final int ROUNDS = 15;
  private static final int SNAPSHOT_EVERY = 300;
  private static final int MOST_LINES = 400;
  private static final int MOST_MICROS = 20_000;

  @TempDir Path parent;

  @Test
  void nothingThatWasAcknowledgedIsLostOrDoubledByAKill() throws Exception {
    long seed = Long.getLong("holdfast.seed", System.nanoTime());
    Random random = new Random(seed);
    Path directory = parent.resolve("ledger");
    long most = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      List<Long> acknowledged = runAndKill(directory, random);
      String replay = "round " + round + ", -Dholdfast.seed=" + seed;
      assertThat(acknowledged).as(replay).isNotEmpty().isSorted();
      assertThat(acknowledged.getLast()).as(replay).isGreaterThan(most);
      most = acknowledged.getLast();

      RatisLedger ledger = Ledgers.started(settings(directory, smallLimits(SNAPSHOT_EVERY)));
      assertComplete(ledger.state(), most, replay);
      most = lastSequence(ledger.state());
      await(ledger.close());
    }
  }

  private List<Long> runAndKill(Path directory, Random random) throws Exception {
    Path errors = parent.resolve("errors");
    ChildProcess child = ChildProcess.start(directory, SNAPSHOT_EVERY, errors);
    assertThat(child.nextLine()).as(Files.readString(errors)).startsWith("READY");
    int lines = 1 + random.nextInt(MOST_LINES);
    for (int i = 0; i < lines; i++) {
      assertThat(child.nextLine()).startsWith("A ");
    }
    child.letRun(random.nextInt(MOST_MICROS));
    return child.kill();
  }

  private static void assertComplete(ClusterState state, long acknowledged, String replay) {
    long last = lastSequence(state);
    assertThat(last).as(replay).isGreaterThanOrEqualTo(acknowledged);
    assertThat(state.history().total()).as(replay).isEqualTo(last);
    assertThat(state.history().after(0).map(RecordedEvent::recorded).map(LedgerKillIT::sequence))
        .as(replay)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize((int) (last - state.history().oldest() + 1));
  }

  private static long sequence(EventRecorded recorded) {
    return recorded.event().sequence();
  }
}
