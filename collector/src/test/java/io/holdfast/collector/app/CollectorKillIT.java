package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.link.AgentFacts;
import io.holdfast.agent.link.AgentLink;
import io.holdfast.agent.link.CollectorAddress;
import io.holdfast.agent.link.HeartbeatContent;
import io.holdfast.agent.link.LinkFailure;
import io.holdfast.agent.link.LinkListener;
import io.holdfast.agent.link.LinkSettings;
import io.holdfast.agent.link.LinkTimings;
import io.holdfast.agent.link.TlsFiles;
import io.holdfast.core.Moment;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.proto.v1.RecordedEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private static final int EVENTS_PER_TICK = 6;
  private static final long TICK_MILLIS = 20;

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
      AgentLink link = link(collector);
      link.start();
      vertx.setPeriodic(
          TICK_MILLIS,
          id -> {
            spool.grow(EVENTS_PER_TICK);
            link.poke();
          });
      for (int round = 1; round <= ROUNDS; round++) {
        long goal = spool.acknowledged() + 1 + random.nextInt(300);
        await("round " + round + ": nothing is acknowledged; " + replay, collector, goal);
        collector.kill();
        long acknowledged = spool.acknowledged();
        collector.start();
        compare(collector, acknowledged, "round " + round + "; " + replay);
      }
      link.stop().await(10, TimeUnit.SECONDS);
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

  private AgentLink link(CollectorProcess collector) {
    TlsFiles tls =
        new TlsFiles(
            collector.pki.resolve("hosts/trade-a.crt"),
            collector.pki.resolve("hosts/trade-a.key"),
            collector.pki.resolve("ca.crt"));
    LinkTimings quick =
        new LinkTimings(
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofSeconds(4),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    LinkSettings settings =
        new LinkSettings(
            "trade-a",
            "test",
            "boot",
            List.of(new CollectorAddress(CollectorProcess.LOOPBACK, collector.agentsPort)),
            tls,
            quick);
    return new AgentLink(vertx, settings, spool, new QuietAgent(), new QuietAgent());
  }

  /** An agent without a plan. */
  private static final class QuietAgent implements AgentFacts, LinkListener {
    @Override
    public Moment now() {
      return new Moment(1, 1);
    }

    @Override
    public HeartbeatContent heartbeat() {
      return new HeartbeatContent(new Moment(1, 1), Optional.empty(), List.of());
    }

    @Override
    public String planHash() {
      return "";
    }

    @Override
    public Future<Void> planReceived(HostPlan plan) {
      return Future.succeededFuture();
    }

    @Override
    public void connected(String collector) {}

    @Override
    public void disconnected(LinkFailure failure) {}
  }
}
