package io.holdfast.core.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.plan.HealingRule;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffProperties {

  @Property
  void waitsAreWithinTheirBounds(
      @ForAll @IntRange(min = 1, max = 200) int attempt,
      @ForAll @DoubleRange(min = 1, max = 10) double factor,
      @ForAll @DoubleRange(min = 0, max = 1) double jitter,
      @ForAll @LongRange(min = 1, max = 60_000) long initial,
      @ForAll @LongRange(min = 60_000, max = 3_600_000) long max,
      @ForAll long seed) {
    long wait = Backoff.millisAfter(rule(factor, jitter, initial, max), attempt, chance(seed));
    double plain = Math.min(initial * Math.pow(factor, attempt - 1.0), max);
    assertThat((double) wait).isBetween(plain - 1, plain * (1 + jitter) + 1);
    assertThat(wait).isLessThanOrEqualTo(2 * max);
  }

  @Property
  void drawsLieBetweenZeroAndOne(@ForAll long seed) {
    assertThat(chance(seed)).isBetween(0.0, Math.nextDown(1.0));
  }

  private static double chance(long seed) {
    return new Chance(seed).next().value();
  }

  private static HealingRule rule(double factor, double jitter, long initial, long max) {
    return new HealingRule(
        HealingRule.Trigger.SERVICE_DOWN,
        HealingRule.Action.RESTART_SERVICE,
        Optional.empty(),
        Optional.empty(),
        3,
        factor,
        Duration.ofMillis(initial),
        Duration.ofMillis(max),
        jitter,
        10,
        Duration.ofHours(1),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        0.95,
        Duration.ofSeconds(10));
  }
}
