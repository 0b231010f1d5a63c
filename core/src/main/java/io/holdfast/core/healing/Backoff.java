package io.holdfast.core.healing;

import io.holdfast.core.plan.HealingRule;

/** How long to wait between attempts. */
public final class Backoff {

  private Backoff() {}

  /**
   * The wait after attempt {@code attempt} (1 or more), in milliseconds: {@code initialBackoff ×
   * factor^(attempt−1)}, at most {@code maxBackoff}, stretched by up to {@code jitter} of itself.
   *
   * @param chance 0 to 1
   */
  public static long millisAfter(HealingRule rule, int attempt, double chance) {
    double plain = rule.initialBackoff().toMillis() * Math.pow(rule.backoffFactor(), attempt - 1.0);
    double capped = Math.min(plain, rule.maxBackoff().toMillis());
    return Math.round(capped * (1 + rule.jitter() * chance));
  }
}
