package io.holdfast.simulation;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An agent's spool and its stream over a network that loses, delays and doubles. */
final class SimSpool {
  private static final int BATCH = 16;
  private static final long PATIENCE_MILLIS = 3_000;
  private static final long PUMP_MILLIS = 250;

  private final SimWorld world;
  private final String host;
  private final SplittableRandom random;
  private final List<SpooledEvent> told = new ArrayList<>();
  private long acknowledged;

  /** Sequence up to which the present stream has sent; -1: there is no stream. */
  private long sent = -1;

  private long leaderLife = -1;
  private long lastAnswer;

  SimSpool(SimWorld world, String host, SplittableRandom random) {
    this.world = world;
    this.host = host;
    this.random = random;
  }

  void start() {
    pump();
  }

  void append(List<HostEvent> events, Moment at) {
    for (HostEvent event : events) {
      long sequence = told.size() + 1L;
      told.add(new SpooledEvent(sequence, sequence - 1, at, "boot-" + host, event));
    }
  }

  List<SpooledEvent> told() {
    return told;
  }

  long acknowledged() {
    return acknowledged;
  }

  void disconnect() {
    sent = -1;
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
      acknowledged = Math.max(acknowledged, sent);
      lastAnswer = world.time.now();
    }
    if (sent >= 0 && sent < told.size()) {
      send((int) sent);
    }
    world.time.after(PUMP_MILLIS, this::pump);
  }

  private void send(int from) {
    int to = Math.min(told.size(), from + BATCH);
    List<SpooledEvent> batch = List.copyOf(told.subList(from, to));
    sent = to;
    int copies = random.nextDouble() < world.faults.duplication() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (random.nextDouble() >= world.faults.loss()) {
        world.time.after(world.delay(random), () -> arrive(batch));
      }
    }
  }

  private void arrive(List<SpooledEvent> batch) {
    world.leader.take(
        host,
        "spool",
        batch,
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
      acknowledged = Math.max(acknowledged, sequence);
      Promises.acknowledged(world, host, this);
    }
  }
}
