package io.holdfast.core.healing;

import java.util.OptionalLong;

/** What a rule says to a service that is down. */
public sealed interface HealingDecision {

  /**
   * Act now.
   *
   * @param attempt number of this attempt since the rule was armed
   * @param log the log with this action in it
   */
  record Act(int attempt, HealingLog log) implements HealingDecision {}

  /** Ask again at {@code bootMillis}. */
  record Wait(long bootMillis) implements HealingDecision {}

  /**
   * Do nothing, and say why.
   *
   * @param askAgain when the answer may change; empty: not by itself
   */
  record Hold(HeldReason reason, String detail, OptionalLong askAgain) implements HealingDecision {}
}
