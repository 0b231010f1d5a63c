package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proto.v1.RecordedEvent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collector that is killed again and again while an agent's real link sends it more than 200
 * events a second: whatever was acknowledged is in the ledger, once and in order.
 */
class CollectorKillIT {
  private static final int ROUNDS = Integer.getInteger("holdfast.kill.rounds", 50);
  private static final long SEED = Long.getLong("holdfast.kill.seed", System.nanoTime());

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final GrowingSpool spool = new GrowingSpool();
  private final List<RecordedEvent> ledger = new ArrayList<>();
  private final Random random = new Random(SEED);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void keepsEveryAcknowledgedEventOverManyKills() throws Exception {
    String replay =
        "replay: mvn verify -pl collector -am -DskipUTs -Dit.test=CollectorKillIT"
            + " -Dfailsafe.failIfNoSpecifiedTests=false -Dholdfast.kill.seed="
            + SEED;
    try (CollectorProcess collector = new CollectorProcess(vertx, directory)) {
      collector.start();
      SteadyAgent agent = new SteadyAgent(vertx, collector, spool);
      for (int round = 1; round <= ROUNDS; round++) {
        long goal = spool.acknowledged() + 1 + random.nextInt(300);
        await("round " + round + ": nothing is acknowledged; " + replay, collector, goal);
        collector.kill();
        long acknowledged = spool.acknowledged();
        collector.start();
        compare(collector, acknowledged, "round " + round + "; " + replay);
      }
      agent.close();
    }
    System.out.printf(
        "%d kills, %d events sent, %d acknowledged, all in the ledger%n",
        ROUNDS, spool.size(), spool.acknowledged());
  }

  private void await(String why, CollectorProcess collector, long goal) throws Exception {
    BooleanSupplier reached = () -> spool.acknowledged() >= goal;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            why
                + "\nacknowledged "
                + spool.acknowledged()
                + " of "
                + spool.size()
                + ", wanted "
                + goal
                + "\n"
                + collector.log());
      }
      assertThat(collector.isAlive()).as("the collector ended by itself; %s", why).isTrue();
      vertx.timer(1, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
    }
  }

  /** The list of acknowledged ids is the beginning of the ledger; the rest was sent after it. */
  private void compare(CollectorProcess collector, long acknowledged, String replay)
      throws Exception {
    ledger.addAll(collector.eventsAfter(ledger.size()));
    assertThat((long) ledger.size()).as(replay).isBetween(acknowledged, spool.size());
    for (int i = 0; i < ledger.size(); i++) {
      RecordedEvent recorded = ledger.get(i);
      assertThat(recorded.getPosition()).as(replay).isEqualTo(i + 1L);
      assertThat(recorded.getEvent().getSequence()).as(replay).isEqualTo(i + 1L);
      assertThat(recorded.getEvent().getServiceStarted().getPid()).as(replay).isEqualTo(i + 1L);
    }
  }
}
