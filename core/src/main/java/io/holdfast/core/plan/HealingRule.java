package io.holdfast.core.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * What an agent may do by itself, and how often.
 *
 * @param service the rule is for this service alone; empty: for every service of the host
 * @param module whose services {@code restart_application} restarts; empty: the largest
 *     non-exclusive service of the host
 * @param maxAttempts actions in a row before the rule gives up, 1 or more
 * @param backoffFactor each wait is this many times the one before, 1 or more
 * @param initialBackoff wait between the first and the second attempt; the first follows the
 *     verdict at once
 * @param maxBackoff longest wait between attempts
 * @param jitter a wait is stretched by a random part of itself, up to this ratio, 0 to 1
 * @param budget at most this many actions on one service within {@code budgetWindow}, 1 or more
 * @param rearmAfter attempts are counted from zero again after this long without an action
 * @param cooldown shortest time between two actions of a {@code high_memory_usage} rule
 * @param threshold used share of the memory that triggers {@code high_memory_usage}, 0 to 1
 * @param sustained how long the threshold must be passed without a break
 */
public record HealingRule(
    Trigger trigger,
    Action action,
    Optional<String> service,
    Optional<String> module,
    int maxAttempts,
    double backoffFactor,
    Duration initialBackoff,
    Duration maxBackoff,
    double jitter,
    int budget,
    Duration budgetWindow,
    Duration rearmAfter,
    Duration cooldown,
    double threshold,
    Duration sustained) {

  /** What sets a rule off. */
  public enum Trigger {
    SERVICE_DOWN,
    HIGH_MEMORY_USAGE
  }

  /** What a rule does. */
  public enum Action {
    RESTART_SERVICE,
    RESTART_APPLICATION
  }

  /** Checks the ranges. */
  public HealingRule {
    if (maxAttempts < 1 || budget < 1 || backoffFactor < 1 || jitter < 0 || jitter > 1) {
      throw new IllegalArgumentException("a number of the healing rule is out of its range");
    }
  }

  /** A rule for {@code trigger} with the defaults that {@code docs/plan.md} lists. */
  public static HealingRule withDefaults(Trigger trigger, Action action) {
    return new HealingRule(
        trigger,
        action,
        Optional.empty(),
        Optional.empty(),
        3,
        2.0,
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        0.1,
        10,
        Duration.ofHours(1),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        0.95,
        Duration.ofSeconds(10));
  }
}
