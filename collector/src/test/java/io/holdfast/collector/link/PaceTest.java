package io.holdfast.collector.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Pace pace = new Pace(0);

  @Test
  void letsAWholeSpoolThroughAndThenNoFasterThanItFills() {
    for (int mebibyte = 0; mebibyte < 16; mebibyte++) {
      assertThat(pace.take(1 << 20, 256, 0)).isZero();
    }
    assertThat(pace.take(1 << 20, 256, 0)).isEqualTo(2_000);
    assertThat(pace.take(1 << 20, 256, 2 * SECOND)).isEqualTo(2_000);
    assertThat(pace.take(256 << 10, 256, 5 * SECOND)).isZero();
  }

  @Test
  void countsSmallEventsToo() {
    long sent = 0;
    while (pace.take(100, 256, 0) == 0) {
      sent += 256;
    }
    assertThat(sent).isEqualTo(65_536);
  }

  @Test
  void isFullAgainAfterAWhileAndNeverFuller() {
    pace.take(1 << 20, 1, 0);
    assertThat(pace.isFull(SECOND)).isFalse();
    assertThat(pace.isFull(100 * SECOND)).isTrue();
    for (int mebibyte = 0; mebibyte < 16; mebibyte++) {
      assertThat(pace.take(1 << 20, 1, 100 * SECOND)).isZero();
    }
    assertThat(pace.take(1 << 20, 1, 100 * SECOND)).isPositive();
  }
}
