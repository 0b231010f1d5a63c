package io.holdfast.collector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.ledger.EventHistory;
import io.holdfast.core.ledger.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NewestEventsTest {
  private static boolean isStarted(RecordedEvent event) {
    return event.recorded().event().event() instanceof HostEvent.ServiceStarted;
  }

  private static EventHistory history(List<Boolean> started) {
    World world = new World();
    for (int i = 0; i < started.size(); i++) {
      HostEvent event =
          started.get(i)
              ? new HostEvent.ServiceStarted("web_ui", i)
              : new HostEvent.ServiceExited("web_ui", i, 0, 0);
      world.record(Samples.event(i + 1, Samples.WALL, event));
    }
    return world.read().state().history();
  }

  @Property(tries = 100)
  void givesWhatALookAtTheWholeHistoryWouldGiveHoweverItGrew(
      @ForAll @Size(max = 300) List<Boolean> events,
      @ForAll @IntRange(min = 1, max = 40) int growth) {
    NewestEvents newest = new NewestEvents(NewestEventsTest::isStarted, 5);
    for (int size = 0; size <= events.size(); size += growth) {
      EventHistory history = history(events.subList(0, size));
      assertThat(newest.of(history))
          .isEqualTo(
              history
                  .newestFirst()
                  .filter(NewestEventsTest::isStarted)
                  .limit(5)
                  .map(EventMessages::toProto)
                  .toList());
    }
  }

  @Test
  void looksAtEachEventOnce() {
    AtomicInteger looks = new AtomicInteger();
    NewestEvents newest = new NewestEvents(event -> looks.incrementAndGet() < 0, 5);
    List<Boolean> events = new ArrayList<>(List.of(true, false, true));
    newest.of(history(events));
    newest.of(history(events));
    events.add(true);
    newest.of(history(events));

    assertThat(looks).hasValue(4);
  }

  @Test
  void beginsAnewWithAnotherLedger() {
    NewestEvents newest = new NewestEvents(NewestEventsTest::isStarted, 5);
    newest.of(history(List.of(true, true, true)));

    assertThat(newest.of(history(List.of(true)))).hasSize(1);
  }
}
