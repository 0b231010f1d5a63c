package io.holdfast.simulation;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.AgentEvent.DropRecorded;
import io.holdfast.core.agent.Delivery;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.Merging;
import io.holdfast.core.agent.SentAt;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.agent.UnheardDrops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An agent's bounded spool and its stream over a network that loses, delays and doubles. */
final class SimSpool {
  private static final int BATCH = 16;
  private static final int EVENT_BYTES = 200;
  private static final long PATIENCE_MILLIS = 3_000;
  private static final long PUMP_MILLIS = 250;

  private final SimWorld world;
  private final String host;
  private final String bootId;
  private final SplittableRandom random;
  private final Supplier<Moment> clock;
  private final Consumer<DropRecorded> dropRecorded;

  /** Everything that the agent ever told. */
  private final List<SpooledEvent> told = new ArrayList<>();

  /** What of it is kept and not acknowledged. */
  private final List<SpooledEvent> kept = new ArrayList<>();

  private UnheardDrops drops = new UnheardDrops();
  private long acknowledged;
  private int merges;

  /** Sequence up to which the present stream has sent; -1: there is no stream. */
  private long sent = -1;

  /** Whether the present stream has brought anything. */
  private boolean delivered;

  private long leaderLife = -1;
  private long lastAnswer;

  SimSpool(
      SimWorld world,
      String host,
      SplittableRandom random,
      Supplier<Moment> clock,
      Consumer<DropRecorded> dropRecorded) {
    this.world = world;
    this.host = host;
    this.bootId = "boot-" + host;
    this.random = random;
    this.clock = clock;
    this.dropRecorded = dropRecorded;
  }

  void start() {
    pump();
  }

  void append(List<HostEvent> events, Moment at) {
    for (HostEvent event : events) {
      long sequence = told.size() + 1L;
      SpooledEvent spooled = new SpooledEvent(sequence, sequence - 1, at, bootId, event);
      told.add(spooled);
      kept.add(spooled);
    }
    if (kept.size() > world.spoolEvents) {
      merge();
    }
  }

  /** As the real spool does at its bound: down to three quarters of it. */
  private void merge() {
    merges++;
    List<Merging.Entry> entries =
        kept.stream().map(event -> Merging.Entry.of(event, EVENT_BYTES)).toList();
    Merging merging = Merging.down(entries, world.spoolEvents * 3L / 4 * EVENT_BYTES);
    List<SpooledEvent> before = List.copyOf(kept);
    long previous = kept.getFirst().previous();
    kept.clear();
    for (SpooledEvent event : before) {
      var survivor = merging.keep(event);
      if (survivor.isPresent()) {
        SpooledEvent of = survivor.get();
        kept.add(new SpooledEvent(of.sequence(), previous, of.at(), of.bootId(), of.event()));
        previous = of.sequence();
      }
    }
  }

  List<SpooledEvent> told() {
    return told;
  }

  int merges() {
    return merges;
  }

  long acknowledged() {
    return acknowledged;
  }

  void disconnect() {
    sent = -1;
  }

  /** The agent's process ended, with all that it knew. */
  void crashed() {
    disconnect();
    drops = new UnheardDrops();
  }

  private void pump() {
    if (!world.leader.isUp() || world.leader.life() != leaderLife) {
      disconnect();
    }
    if (sent >= 0
        && acknowledged < sent
        && world.time.now() - lastAnswer > PATIENCE_MILLIS + 2 * world.faults.delayMillis()) {
      disconnect();
    }
    if (sent < 0 && world.leader.isUp()) {
      // Welcome: the ledger says how far it has this spool.
      leaderLife = world.leader.life();
      sent = world.leader.ledger().lastSequence(host, "spool");
      acknowledge(sent);
      delivered = false;
      lastAnswer = world.time.now();
    }
    if (sent >= 0) {
      send();
    }
    world.time.after(PUMP_MILLIS, this::pump);
  }

  private void send() {
    List<SpooledEvent> batch =
        kept.stream().filter(event -> event.sequence() > sent).limit(BATCH).toList();
    if (batch.isEmpty()) {
      return;
    }
    batch.forEach(drops::sent);
    sent = batch.getLast().sequence();
    Delivery delivery =
        new Delivery(batch, Optional.of(new SentAt(clock.get(), bootId)), !delivered);
    delivered = true;
    int copies = random.nextDouble() < world.faults.duplication() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (random.nextDouble() >= world.faults.loss()) {
        world.time.after(world.delay(random), () -> arrive(delivery));
      }
    }
  }

  private void arrive(Delivery delivery) {
    world.leader.take(
        host,
        "spool",
        delivery,
        answer -> {
          if (random.nextDouble() >= world.faults.loss()) {
            world.time.after(world.delay(random), () -> answered(answer));
          }
        });
  }

  private void answered(long sequence) {
    lastAnswer = world.time.now();
    if (sequence < 0) {
      disconnect();
    } else {
      acknowledge(sequence);
      Promises.acknowledged(world, host, this);
    }
  }

  private void acknowledge(long sequence) {
    acknowledged = Math.max(acknowledged, sequence);
    kept.removeIf(event -> event.sequence() <= acknowledged);
    drops.acknowledged(acknowledged).ifPresent(dropRecorded);
  }
}
