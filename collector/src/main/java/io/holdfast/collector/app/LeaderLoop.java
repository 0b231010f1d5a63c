package io.holdfast.collector.app;

import io.holdfast.core.Moment;
import io.holdfast.core.leader.Decision;
import io.holdfast.core.leader.LeaderAction;
import io.holdfast.core.leader.LeaderEvent;
import io.holdfast.core.leader.LeaderState;
import io.holdfast.core.leader.LeaderStep;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.RecordWeight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the leader's step: decide → record → apply → act. Used on one event loop.
 *
 * <p>Events that arrive while an entry is being committed wait and are decided together, so that
 * the ledger's price is paid once for all of them. One entry is in flight at a time: a decision is
 * always made on a state that is committed, or on one that this very entry will commit.
 */
final class LeaderLoop {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderLoop.class);

  /** An entry is closed when it has this many records; the rest waits for the next one. */
  static final int RECORDS_PER_ENTRY = 1_024;

  /**
   * It is also closed when its records weigh this much. The last batch of an agent and an incident
   * of each of its events come on top, and all of it fits into an entry of the log.
   */
  static final long WEIGHT_PER_ENTRY = 384 << 10;

  /** Events beyond this many are turned away. */
  static final int QUEUE_MAX = 10_000;

  private final DecisionLog log;
  private final Supplier<Moment> clock;
  private final Outcomes outcomes;
  private final Deque<LeaderEvent> queue = new ArrayDeque<>();
  private LeaderState leader = LeaderState.NEW;
  private boolean committing;
  private long turns;

  /** Falls to one after a failure, so that an entry that was too large for the log gets through. */
  private int recordsPerEntry = RECORDS_PER_ENTRY;

  private boolean barrierNeeded = true;

  /** Where the loop's results go. */
  interface Outcomes {
    /** Carry this out: its records are committed. */
    void act(LeaderAction action);

    /** This event was not taken; the caller may try again. */
    void turnedAway(LeaderEvent event, NotLeadingException why);
  }

  LeaderLoop(DecisionLog log, Supplier<Moment> clock, Outcomes outcomes) {
    this.log = log;
    this.clock = clock;
    this.outcomes = outcomes;
  }

  /** Takes an event; its outcome comes through {@link Outcomes}. */
  void submit(LeaderEvent event) {
    if (queue.size() >= QUEUE_MAX) {
      outcomes.turnedAway(event, new NotLeadingException("too much waits to be recorded"));
      return;
    }
    queue.add(event);
    drain();
  }

  /** Grows as long as the loop goes on: while an entry is being committed it stands still. */
  long turns() {
    return turns;
  }

  /** Leadership came or went: what was learnt in the old term is forgotten. */
  void termChanged() {
    leader = LeaderState.NEW;
    barrierNeeded = true;
    drain();
  }

  private void drain() {
    if (committing) {
      return;
    }
    turns++;
    if (!log.leads()) {
      turnAwayAll(new NotLeadingException("the ledger has no leader here yet"));
    } else if (barrierNeeded) {
      raiseBarrier();
    } else if (!queue.isEmpty()) {
      decide();
    }
  }

  /** An empty entry: once it is committed, nothing of before can still come. */
  private void raiseBarrier() {
    committing = true;
    log.append(List.of())
        .onComplete(
            done -> {
              committing = false;
              barrierNeeded = done.failed();
              if (done.succeeded()) {
                drain();
              } else {
                turnAwayAll(new NotLeadingException("the ledger does not commit", done.cause()));
              }
            });
  }

  private void decide() {
    ClusterState state = log.state();
    List<LeaderEvent> taken = new ArrayList<>();
    List<LedgerRecord> records = new ArrayList<>();
    List<LeaderAction> actions = new ArrayList<>();
    Moment now = clock.get();
    LeaderState next = leader;
    long weight = 0;
    while (!queue.isEmpty() && records.size() < recordsPerEntry && weight < WEIGHT_PER_ENTRY) {
      LeaderEvent event = queue.poll();
      Decision decision = LeaderStep.step(state, next, event, now);
      taken.add(event);
      records.addAll(decision.records());
      weight += decision.records().stream().mapToLong(RecordWeight::of).sum();
      actions.addAll(decision.actions());
      state = state.apply(decision.records());
      next = decision.next();
    }
    leader = next;
    commit(taken, records, actions);
  }

  private void commit(
      List<LeaderEvent> taken, List<LedgerRecord> records, List<LeaderAction> actions) {
    if (records.isEmpty()) {
      actions.forEach(outcomes::act);
      drain();
      return;
    }
    committing = true;
    log.append(records)
        .onComplete(
            done -> {
              committing = false;
              if (done.succeeded()) {
                recordsPerEntry = Math.min(RECORDS_PER_ENTRY, 2 * recordsPerEntry);
                actions.forEach(outcomes::act);
              } else {
                notCommitted(taken, done.cause());
              }
              drain();
            });
  }

  /** Whether it will still be committed is not known: a barrier comes before the next decision. */
  private void notCommitted(List<LeaderEvent> taken, Throwable cause) {
    LOG.warn("an entry is not known to be committed: {}", cause.getMessage());
    barrierNeeded = true;
    recordsPerEntry = 1;
    leader = LeaderState.NEW;
    NotLeadingException why = new NotLeadingException("the ledger did not commit", cause);
    taken.forEach(event -> outcomes.turnedAway(event, why));
  }

  private void turnAwayAll(NotLeadingException why) {
    List<LeaderEvent> waiting = List.copyOf(queue);
    queue.clear();
    waiting.forEach(event -> outcomes.turnedAway(event, why));
  }
}
