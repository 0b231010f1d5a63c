package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.Delivery;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.leader.LeaderAction;
import io.holdfast.core.leader.LeaderAction.AcknowledgeEvents;
import io.holdfast.core.leader.LeaderEvent;
import io.holdfast.core.leader.LeaderEvent.EventsArrived;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaderLoopTest {

  /** A log whose commits end when the test says so. */
  private static final class SlowLog implements DecisionLog {
    ClusterState state = ClusterState.EMPTY;
    boolean leads = true;
    final List<List<LedgerRecord>> appended = new ArrayList<>();
    private Promise<Void> pending;

    @Override
    public ClusterState state() {
      return state;
    }

    @Override
    public boolean leads() {
      return leads;
    }

    @Override
    public Future<Void> append(List<LedgerRecord> records) {
      appended.add(List.copyOf(records));
      pending = Promise.promise();
      return pending.future();
    }

    void commit() {
      state = state.apply(appended.getLast());
      pending.complete();
    }

    void lose() {
      pending.fail("deadline");
    }
  }

  private final SlowLog log = new SlowLog();
  private final List<LeaderAction> acted = new ArrayList<>();
  private final List<LeaderEvent> away = new ArrayList<>();
  private final LeaderLoop loop =
      new LeaderLoop(
          log,
          () -> new Moment(0, 0),
          new LeaderLoop.Outcomes() {
            @Override
            public void act(LeaderAction action) {
              acted.add(action);
            }

            @Override
            public void turnedAway(LeaderEvent event, NotLeadingException why) {
              away.add(event);
            }
          });

  private static EventsArrived event(long sequence) {
    return event(sequence, "sha256:x");
  }

  private static EventsArrived event(long sequence, String text) {
    SpooledEvent event =
        new SpooledEvent(
            sequence, sequence - 1, new Moment(0, 0), "boot", new HostEvent.PlanStored(text));
    return new EventsArrived(
        "trade-a", "spool", new Delivery(List.of(event), Optional.empty(), true), sequence);
  }

  @Test
  void actsOnlyAfterTheEntryIsCommitted() {
    loop.submit(event(1));
    log.commit();
    assertThat(acted).as("the barrier of the term alone is committed").isEmpty();
    log.commit();
    assertThat(acted).containsExactly(new AcknowledgeEvents(1, 1));
  }

  @Test
  void decidesTogetherWhatArrivedDuringACommit() {
    loop.submit(event(1));
    log.commit();
    loop.submit(event(2));
    loop.submit(event(3));
    log.commit();
    log.commit();
    assertThat(log.appended).extracting(List::size).containsExactly(0, 1, 2);
    assertThat(acted).hasSize(3);
  }

  @Test
  void closesAnEntryThatIsHeavyEnough() {
    loop.submit(event(1));
    log.commit();
    for (int i = 2; i <= 5; i++) {
      loop.submit(event(i, "x".repeat(100_000)));
    }
    log.commit();
    log.commit();
    log.commit();
    assertThat(log.appended).extracting(List::size).containsExactly(0, 1, 2, 2);
    assertThat(acted).hasSize(5);
  }

  @Test
  void turnsAwayWhatIsNotKnownToBeCommittedAndRaisesABarrierBeforeItGoesOn() {
    loop.submit(event(1));
    log.commit();
    log.lose();
    assertThat(away).hasSize(1);
    assertThat(acted).isEmpty();
    loop.submit(event(1));
    assertThat(log.appended.getLast()).as("a barrier first").isEmpty();
    log.commit();
    log.commit();
    assertThat(acted).containsExactly(new AcknowledgeEvents(1, 1));
  }

  @Test
  void decidesNothingWhileItDoesNotLead() {
    log.leads = false;
    loop.submit(event(1));
    assertThat(away).hasSize(1);
    assertThat(log.appended).isEmpty();
  }
}
