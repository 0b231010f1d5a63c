package io.holdfast.collector.ledger;

import static io.holdfast.collector.ledger.Ledgers.append;
import static io.holdfast.collector.ledger.Ledgers.await;
import static io.holdfast.collector.ledger.Ledgers.copy;
import static io.holdfast.collector.ledger.Ledgers.find;
import static io.holdfast.collector.ledger.Ledgers.lastSequence;
import static io.holdfast.collector.ledger.Ledgers.settings;
import static io.holdfast.collector.ledger.Ledgers.smallLimits;
import static io.holdfast.collector.ledger.Ledgers.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.collector.ledger.LedgerException.StartRefused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.ratis.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every damage to a ledger's files is refused, or harms nothing that was acknowledged. */
class LedgerDamageIT {
  private static final String OPEN_SEGMENT = "log_inprogress_\\d+";
  private static final int SEEDS = 60;
  private static final String AGAIN =
      "%s; again: mvn verify -pl collector -am -DskipUTs -Dit.test=LedgerDamageIT"
          + " -Dfailsafe.failIfNoSpecifiedTests=false -Dholdfast.seed=%d";

  @TempDir Path parent;
  private Path directory;

  @BeforeEach
  void name() {
    directory = parent.resolve("ledger");
  }

  @Test
  void aLogCutAtAnyByteIsRefusedOrLosesNothing() throws Exception {
    Path original = parent.resolve("original");
    List<String> outcomes = new ArrayList<>();
    long acknowledged = leaveAsKilled(original, 700, 10_000);
    for (long seed : seeds()) {
      copy(original, directory);
      Path log = find(directory, OPEN_SEGMENT);
      long cut = new Random(seed).nextLong(meaningful(log) + 16);
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
        file.setLength(cut);
      }
      outcomes.add(assertRefusedOrComplete(acknowledged, seed, "cut at byte " + cut));
      FileUtils.deleteFully(directory);
    }
    assertThat(outcomes).contains("refused");
  }

  @Test
  void aFlippedBitAnywhereInTheLogIsRefusedOrLosesNothing() throws Exception {
    Path original = parent.resolve("original");
    long acknowledged = leaveAsKilled(original, 700, 10_000);
    for (long seed : seeds()) {
      copy(original, directory);
      Random random = new Random(seed);
      Path log = find(directory, random.nextBoolean() ? OPEN_SEGMENT : "log_\\d+-\\d+");
      long position = random.nextLong(meaningful(log) + 16);
      flip(log, position);
      assertRefusedOrComplete(acknowledged, seed, "flipped byte " + position + " of " + log);
      FileUtils.deleteFully(directory);
    }
  }

  @Test
  void aFlippedByteInTheMiddleIsRefusedEachTimeAndNothingIsChanged() throws Exception {
    leaveAsKilled(directory, 200, 10_000);
    Path log = find(directory, OPEN_SEGMENT);
    flip(log, meaningful(log) / 2);
    byte[] before = Files.readAllBytes(log);
    for (int time = 0; time < 2; time++) {
      assertRefused("ends at index", "was acknowledged", log + " is damaged at byte", "backup");
    }
    assertThat(log).hasBinaryContent(before);
  }

  @Test
  void aTornWriteThatNobodyWasToldOfIsSetAside() throws Exception {
    long acknowledged = leaveAsKilled(directory, 200, 10_000);
    Path log = find(directory, OPEN_SEGMENT);
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      byte[] entryLikeStart = new byte[30];
      file.readFully(entryLikeStart);
      file.seek(meaningful(log));
      file.write(entryLikeStart, 8, 20);
    }
    assertComplete(acknowledged);
    assertThat(find(directory, "torn-\\d+-\\d+")).isNotEmptyFile();
  }

  @Test
  void aMissingLogFileIsRefused() throws Exception {
    leaveAsKilled(directory, 1_500, 10_000);
    Path second = find(directory, "log_\\d+-\\d+");
    Files.delete(second);
    assertRefused("are missing");
  }

  @Test
  void aMissingLastLogFileIsRefused() throws Exception {
    leaveAsKilled(directory, 200, 10_000);
    Files.delete(find(directory, OPEN_SEGMENT));
    assertRefused("ends at index -1", "was acknowledged");
  }

  @Test
  void aTruncatedSnapshotIsRefused() throws Exception {
    leaveAsKilled(directory, 400, 100);
    Path snapshot = find(directory, "snapshot\\.\\d+_\\d+");
    try (RandomAccessFile file = new RandomAccessFile(snapshot.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    assertRefused("snapshot", "does not match its digest");
  }

  @Test
  void aSnapshotWithoutItsDigestIsRefused() throws Exception {
    leaveAsKilled(directory, 400, 100);
    Files.delete(find(directory, "snapshot.*md5"));
    assertRefused("md5 is missing");
  }

  @Test
  void aMissingTipIsRefused() throws Exception {
    leaveAsKilled(directory, 3, 100);
    Files.delete(directory.resolve("tip"));
    assertRefused("tip is missing");
  }

  @Test
  void aWipedStorageIsRefused() throws Exception {
    leaveAsKilled(directory, 3, 100);
    FileUtils.deleteFully(directory.resolve("ratis"));
    assertRefused("its storage is empty or foreign");
  }

  @Test
  void theStorageOfAnotherLedgerIsRefused() throws Exception {
    leaveAsKilled(directory, 3, 100);
    Path other = parent.resolve("other");
    leaveAsKilled(other, 3, 100);
    FileUtils.deleteFully(directory.resolve("ratis"));
    copy(other.resolve("ratis"), directory.resolve("ratis"));
    assertRefused("empty or foreign");
    Files.delete(directory.resolve("identity"));
    assertRefused("without its file \"identity\"");
  }

  @Test
  void theLedgerOfAnotherCollectorOrMachineIsRefused() throws Exception {
    leaveAsKilled(directory, 3, 100);
    LedgerSettings own = settings(directory, smallLimits(100));
    LedgerSettings otherPeer =
        new LedgerSettings(
            directory, "collector-2", "machine-1", "127.0.0.1", 0, own.tls(), own.limits());
    LedgerSettings otherMachine =
        new LedgerSettings(
            directory, "collector-1", "machine-2", "127.0.0.1", 0, own.tls(), own.limits());
    assertRefused(otherPeer, "belongs to the collector \"collector-1\"");
    assertRefused(otherMachine, "was made on the machine machine-1", "two copies");
  }

  @Test
  void aFirstStartThatDiedHalfWayIsNoObstacle() throws Exception {
    leaveAsKilled(directory, 0, 100);
    Path identity = directory.resolve("identity");
    Files.writeString(identity, Files.readString(identity).replace("formed=true", "formed=false"));
    Files.delete(find(directory, "raft-meta"));
    assertComplete(0);
  }

  private String assertRefusedOrComplete(long acknowledged, long seed, String what) {
    RatisLedger ledger =
        Ledgers.ledger(settings(directory, smallLimits(10_000)), (message, cause) -> {});
    String replay = AGAIN.formatted(what, seed);
    try {
      await(ledger.start());
      assertThat(lastSequence(ledger.state())).as(replay).isEqualTo(acknowledged);
      assertThat(ledger.state().history().total()).as(replay).isEqualTo(acknowledged);
      return "complete";
    } catch (StartRefused refused) {
      assertThat(refused).as(replay).hasMessageContaining("backup");
      return "refused";
    } finally {
      await(ledger.close());
    }
  }

  private void assertComplete(long acknowledged) {
    RatisLedger ledger = started(directory, 10_000);
    try {
      assertThat(lastSequence(ledger.state())).isEqualTo(acknowledged);
      assertThat(lastSequence(append(ledger, acknowledged + 1, acknowledged + 5)))
          .isEqualTo(acknowledged + 5);
    } finally {
      await(ledger.close());
    }
  }

  private void assertRefused(String... why) {
    assertRefused(settings(directory, smallLimits(100)), why);
  }

  private static void assertRefused(LedgerSettings settings, String... why) {
    RatisLedger ledger = Ledgers.ledger(settings, (message, cause) -> {});
    assertThatThrownBy(() -> await(ledger.start()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContainingAll(why);
    await(ledger.close());
  }

  /** Leaves a ledger with events 1 to {@code events} acknowledged as a kill would. */
  private long leaveAsKilled(Path target, long events, long snapshotEvery) throws IOException {
    Path live = parent.resolve("live");
    RatisLedger ledger = started(live, snapshotEvery);
    append(ledger, 1, events);
    copy(live, target);
    await(ledger.close());
    FileUtils.deleteFully(live);
    return events;
  }

  private static List<Long> seeds() {
    Long one = Long.getLong("holdfast.seed");
    if (one != null) {
      return List.of(one);
    }
    long first = System.nanoTime();
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < SEEDS; i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  /** Length without the zeros that the file was given in advance. */
  private static long meaningful(Path log) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return length;
  }

  private static void flip(Path log, long position) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    if (position < bytes.length) {
      bytes[(int) position] ^= 0x10;
      Files.write(log, bytes);
    }
  }
}
