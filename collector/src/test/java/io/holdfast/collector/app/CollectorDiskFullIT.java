package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.ledger.SmallDisk;
import io.holdfast.proto.v1.RecordedEvent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real collector under load on a disk that fills: it ends, and no zombie leads. */
class CollectorDiskFullIT {
  private static final int DISK_MIB = 96;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Awaiting awaiting = new Awaiting(vertx);
  private final GrowingSpool spool = new GrowingSpool();
  private SmallDisk disk;
  private CollectorProcess collector;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(directory.resolve("state"), DISK_MIB + "m");
    collector = new CollectorProcess(vertx, directory);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
    if (disk != null) {
      collector.close();
      disk.close();
    }
  }

  @Test
  void endsWithOneBeforeTheDiskIsFullAndStartsAgainFromItsReserve() throws Exception {
    collector.start();
    try (SteadyAgent agent = new SteadyAgent(vertx, collector, spool)) {
      awaitMore(100);
      // The reserve has 16 MiB; the ledger wants 32 MiB to be free besides.
      disk.fill((DISK_MIB - 16L - 24) << 20);
      assertThat(collector.awaitExit()).isEqualTo(1);
      assertThat(collector.log())
          .contains("holdfast: the ledger cannot go on:")
          .contains("bytes free; the ledger needs 33,554,432. Make room and start again.")
          .doesNotContain("\tat ");
      long acknowledged = spool.acknowledged();

      collector.start();
      assertKept(acknowledged);
      awaitMore(100);
    }
  }

  @Test
  void endsWithOneOnAFullDiskAndLosesNothingThatWasAcknowledged() throws Exception {
    collector.start();
    try (SteadyAgent agent = new SteadyAgent(vertx, collector, spool)) {
      awaitMore(100);
      disk.fill();
      assertThat(collector.awaitExit()).isEqualTo(1);
      assertThat(collector.log()).contains("holdfast: the ledger cannot go on:");
      long acknowledged = spool.acknowledged();
      disk.fill();

      collector.start();
      assertThat(collector.awaitExit()).isEqualTo(2);
      assertThat(collector.log())
          .contains("the ledger needs 33,554,432. Make room and start again.")
          .doesNotContain("\tat ");
      disk.free();
      collector.start();
      assertKept(acknowledged);
      awaiting.until("all that waited meanwhile", () -> spool.acknowledged() > acknowledged + 500);
    }
  }

  @Test
  void refusesAReadOnlyDiskWithAClearMessage() throws Exception {
    collector.start();
    collector.eventsAfter(0);
    assertThat(collector.terminate()).isZero();
    disk.remountReadOnly();
    collector.start();
    assertThat(collector.awaitExit()).isEqualTo(2);
    assertThat(collector.log()).contains("Read-only file system").doesNotContain("\tat ");
    disk.remountWritable();
    collector.start();
    assertThat(collector.eventsAfter(0)).isEmpty();
  }

  private void awaitMore(long events) throws Exception {
    long goal = spool.acknowledged() + events;
    awaiting.until("events to be acknowledged", () -> spool.acknowledged() >= goal);
  }

  private void assertKept(long acknowledged) throws Exception {
    List<RecordedEvent> events = collector.eventsAfter(0);
    assertThat((long) events.size()).isGreaterThanOrEqualTo(acknowledged);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).getEvent().getSequence()).isEqualTo(i + 1L);
    }
  }
}
