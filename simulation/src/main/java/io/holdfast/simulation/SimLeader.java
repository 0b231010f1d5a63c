package io.holdfast.simulation;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.Delivery;
import io.holdfast.core.leader.Decision;
import io.holdfast.core.leader.LeaderAction;
import io.holdfast.core.leader.LeaderAction.AcknowledgeEvents;
import io.holdfast.core.leader.LeaderAction.RefuseGap;
import io.holdfast.core.leader.LeaderEvent;
import io.holdfast.core.leader.LeaderEvent.EventsArrived;
import io.holdfast.core.leader.LeaderEvent.PlanSubmitted;
import io.holdfast.core.leader.LeaderEvent.Woken;
import io.holdfast.core.leader.LeaderState;
import io.holdfast.core.leader.LeaderStep;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/** A collector: its ledger outlives it, everything else goes with a crash. */
final class SimLeader {
  private static final long WAKE_MILLIS = 500;
  private static final long COMMIT_MILLIS = 30;

  private final SimWorld world;
  private final SplittableRandom random;
  private final WallClock wall;
  private final List<LedgerRecord> log = new ArrayList<>();
  private ClusterState ledger = ClusterState.EMPTY;
  private LeaderState leader = LeaderState.NEW;
  private boolean up = true;
  private long life;
  private long bootOrigin;

  /** One decision at a time: the next begins when the last one is committed. */
  private long busyUntil;

  SimLeader(SimWorld world, SplittableRandom random, WallClock wall) {
    this.wall = wall;
    this.world = world;
    this.random = random;
  }

  void start() {
    wall.start();
    commit(new PlanSubmitted(world.plan, "simulated", "admin", 0), answer -> {});
    wake();
    scheduleCrash();
  }

  ClusterState ledger() {
    return ledger;
  }

  /** Every record of the ledger, in its order. */
  List<LedgerRecord> log() {
    return log;
  }

  boolean isUp() {
    return up;
  }

  /** Counts the lives of this collector: a stream belongs to one of them. */
  long life() {
    return life;
  }

  /** Takes a batch; {@code answer} gets the acknowledged sequence, or -1 for a gap. */
  void take(String host, String spool, Delivery delivery, LongConsumer answer) {
    decide(new EventsArrived(host, spool, delivery, 1), answer);
  }

  private void decide(LeaderEvent event, LongConsumer answer) {
    if (!up) {
      return;
    }
    long thisLife = life;
    long start = Math.max(world.time.now(), busyUntil);
    busyUntil = start + 1 + random.nextLong(COMMIT_MILLIS);
    world.time.after(
        busyUntil - world.time.now(),
        () -> {
          if (thisLife == life && up) {
            commit(event, answer);
          }
        });
  }

  private void commit(LeaderEvent event, LongConsumer answer) {
    Decision decision = LeaderStep.step(ledger, leader, event, now());
    ledger = ledger.apply(decision.records());
    log.addAll(decision.records());
    leader = decision.next();
    for (LeaderAction action : decision.actions()) {
      switch (action) {
        case AcknowledgeEvents ack -> answer.accept(ack.sequence());
        case RefuseGap gap -> answer.accept(-1);
        case LeaderAction.AnswerPlan plan -> {}
        case LeaderAction.RefusePlan refused -> {}
        case LeaderAction.AnswerTrust trust -> {}
        case LeaderAction.SendHostPlans send -> {}
      }
    }
  }

  private void wake() {
    decide(new Woken(), answer -> {});
    world.time.after(WAKE_MILLIS, this::wake);
  }

  private void scheduleCrash() {
    long mean = world.faults.leaderCrashMillis();
    if (mean > 0) {
      world.time.after(SimWorld.exponential(random, mean), this::crash);
    }
  }

  private void crash() {
    if (world.faults.leaderCrashMillis() == 0) {
      return;
    }
    up = false;
    life++;
    world.time.after(
        random.nextLong(world.faults.leaderDownMillis()),
        () -> {
          up = true;
          leader = LeaderState.NEW;
          bootOrigin = world.time.now();
          busyUntil = world.time.now();
          scheduleCrash();
        });
  }

  private Moment now() {
    return new Moment(world.time.now() - bootOrigin, wall.millis());
  }
}
