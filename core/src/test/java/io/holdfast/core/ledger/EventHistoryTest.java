package io.holdfast.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import org.junit.jupiter.api.Test;

class EventHistoryTest {

  @Test
  void keepsTheNewestEventsAndTheirPositions() {
    EventHistory history = EventHistory.EMPTY;
    int total = 3 * EventHistory.KEPT + 17;
    for (int i = 1; i <= total; i++) {
      history = history.plus(event(i));
    }
    assertThat(history.total()).isEqualTo(total);
    assertThat(history.oldest()).isLessThanOrEqualTo(total - EventHistory.KEPT + 1L);
    assertThat(history.after(0).count()).isEqualTo(total - history.oldest() + 1);
    assertThat(history.after(total - 3).map(RecordedEvent::position))
        .containsExactly(total - 2L, total - 1L, (long) total);
    assertThat(history.newestFirst().limit(2).map(RecordedEvent::position))
        .containsExactly((long) total, total - 1L);
  }

  @Test
  void isTheSameAfterASnapshot() {
    EventHistory history = EventHistory.EMPTY;
    for (int i = 1; i <= 10_000; i++) {
      history = history.plus(event(i));
    }
    EventHistory read =
        EventHistory.of(history.oldest(), history.after(0).map(RecordedEvent::recorded).toList());
    assertThat(read).isEqualTo(history);
  }

  private static EventRecorded event(int i) {
    return new EventRecorded(
        "trade-a",
        "spool",
        new SpooledEvent(i, i - 1, new Moment(i, i), "boot", new HostEvent.PlanStored("p")),
        i);
  }
}
