package io.holdfast.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final LinkTimings TIMINGS = LinkTimings.standard();

  @Property(tries = 300)
  void aWaitIsNeverLongerThanItsBoundWhichDoublesUpToTheCap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int rounds) {
    Retry retry = new Retry(TIMINGS, 1, new Random(seed));
    for (int round = 0; round < rounds; round++) {
      long bound = Math.min(10_000, 200L << Math.min(round, 20));
      assertThat(retry.after(false, Duration.ZERO)).isBetween(0L, bound);
    }
  }

  @Property(tries = 300)
  void whatAnotherTryWillNotChangeIsTriedAgainAfterTenToThirtySeconds(@ForAll long seed) {
    Retry retry = new Retry(TIMINGS, 2, new Random(seed));
    assertThat(retry.after(true, Duration.ZERO)).isZero();
    assertThat(retry.after(true, Duration.ZERO)).isBetween(10_000L, 30_000L);
  }

  @Property(tries = 300)
  void oneCollectorThatMayComeBackKeepsTheWaitShort(@ForAll long seed) {
    Retry retry = new Retry(TIMINGS, 2, new Random(seed));
    assertThat(retry.after(true, Duration.ZERO)).isZero();
    assertThat(retry.after(false, Duration.ZERO)).isLessThanOrEqualTo(200);
  }

  @Property(tries = 100)
  void aStableStreamMakesTheNextWaitShortAgain(@ForAll long seed) {
    Retry retry = new Retry(TIMINGS, 1, new Random(seed));
    for (int round = 0; round < 50; round++) {
      retry.after(false, Duration.ofSeconds(1));
    }
    assertThat(retry.after(false, Duration.ofSeconds(10))).isLessThanOrEqualTo(200);
  }

  @Test
  void aBrokenStreamIsMovedToTheNextCollectorAtOnce() {
    Retry retry = new Retry(TIMINGS, 3, new Random(1));
    assertThat(retry.after(false, Duration.ofMinutes(5))).isZero();
    assertThat(retry.after(false, Duration.ZERO)).isZero();
  }
}
