package io.holdfast.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.plan.HealingRule.Trigger;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EventHistoryProperties {

  /** Heaviest that one event is here: what an agent may send is less. */
  private static final int TEXT_MAX = 40_000;

  @Property(tries = 25)
  void isBoundedByWeightAndTheSameAfterASnapshotTakenAnywhere(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 2_500) int later) {
    Random random = new Random(seed);
    EventHistory history = EventHistory.EMPTY;
    for (int i = 1; i <= 1_500; i++) {
      history = history.plus(event(random, i));
    }
    EventHistory read = EventHistory.of(history.oldest(), recorded(history));
    assertThat(read).isEqualTo(history);
    for (int i = 1_501; i <= 1_500 + later; i++) {
      EventRecorded event = event(random, i);
      history = history.plus(event);
      read = read.plus(event);
    }
    assertThat(read).isEqualTo(history);
    assertThat(recorded(history).stream().mapToLong(RecordWeight::of).sum())
        .isLessThan(EventHistory.WEIGHT_KEPT + 512 * 1_024);
    assertThat(history.newestFirst().findFirst().orElseThrow().position())
        .isEqualTo(history.total());
  }

  private static List<EventRecorded> recorded(EventHistory history) {
    return history.after(0).map(RecordedEvent::recorded).toList();
  }

  private static EventRecorded event(Random random, int i) {
    String text = "x".repeat(random.nextInt(10) == 0 ? random.nextInt(TEXT_MAX) : 20);
    return new EventRecorded(
        "trade-a",
        "spool",
        new SpooledEvent(
            i,
            i - 1,
            new Moment(i, i),
            "boot",
            new HostEvent.HealingHeld("api", Trigger.SERVICE_DOWN, HeldReason.COOLDOWN, text)),
        i);
  }
}
