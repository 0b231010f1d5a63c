package io.holdfast.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventWindowTest {

  @Property
  void neverMoreThanTheWindowIsOnItsWay(
      @ForAll List<@IntRange(min = -3, max = 300) Integer> steps) {
    EventWindow window = new EventWindow(10);
    Deque<Long> onTheirWay = new ArrayDeque<>();
    for (int step : steps) {
      if (step < 0) {
        for (int i = 0; i < -step * 100 && !onTheirWay.isEmpty(); i++) {
          window.acknowledged(onTheirWay.removeFirst());
        }
      } else {
        int count = Math.min(step, window.room());
        long first = window.sentUpTo() + 1;
        for (long sequence = first; sequence < first + count; sequence++) {
          onTheirWay.addLast(sequence);
        }
        window.sent(first + count - 1, count);
      }
      assertThat(onTheirWay.size()).isLessThanOrEqualTo(EventWindow.MAX_UNACKNOWLEDGED);
      assertThat(window.room()).isBetween(0, EventWindow.MAX_BATCH);
    }
  }

  @Test
  void followsWhatTheLedgerHasAlreadyFromAnEarlierStream() {
    EventWindow window = new EventWindow(100);
    window.sent(356, 256);
    window.acknowledged(1_124);
    assertThat(window.sentUpTo()).isEqualTo(1_124);
    assertThat(window.room()).isEqualTo(EventWindow.MAX_BATCH);
  }

  @Test
  void closesWhenFullAndOpensWithTheAcknowledgement() {
    EventWindow window = new EventWindow(0);
    for (int batch = 1; batch <= 4; batch++) {
      window.sent(batch * 256L, 256);
    }
    assertThat(window.room()).isZero();
    window.acknowledged(255);
    assertThat(window.room()).isZero();
    window.acknowledged(256);
    assertThat(window.room()).isEqualTo(256);
  }
}
