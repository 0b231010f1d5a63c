package io.holdfast.core.healing;

import io.holdfast.core.healing.HealingDecision.Act;
import io.holdfast.core.healing.HealingDecision.Hold;
import io.holdfast.core.healing.HealingDecision.Wait;
import io.holdfast.core.health.Reason;
import io.holdfast.core.plan.HealingRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether a service that is down is restarted now, later, or not. */
public final class HealingPolicy {

  private HealingPolicy() {}

  /**
   * Asks the rule.
   *
   * @param rule empty: the plan has none for this
   * @param managed whether the host's agent.yaml lets the agent start the service
   * @param reasons why the service is down
   * @param nowBoot milliseconds of the boot clock
   */
  public static HealingDecision decide(
      Optional<HealingRule> rule,
      HealingLog log,
      boolean managed,
      List<Reason> reasons,
      long nowBoot) {
    if (!managed) {
      return hold(
          HeldReason.NOT_MANAGED_HERE,
          "agent.yaml of this host does not list it, or for another unit");
    }
    if (rule.isEmpty()) {
      return hold(HeldReason.NO_RULE, "the plan has no healing rule for it");
    }
    if (reasons.stream().noneMatch(reason -> reason.code().restartCanHelp())) {
      return hold(HeldReason.RESTART_CANNOT_HELP, "a restart does not mend this");
    }
    return byRule(rule.get(), log, nowBoot);
  }

  private static HealingDecision byRule(HealingRule rule, HealingLog log, long nowBoot) {
    HealingLog armed = isQuiet(rule, log, nowBoot) ? log.rearmed() : log;
    if (armed.notBefore().isPresent() && nowBoot < armed.notBefore().getAsLong()) {
      return new Wait(armed.notBefore().getAsLong());
    }
    if (armed.attempts() >= rule.maxAttempts()) {
      long again = armed.lastAction().orElse(nowBoot) + rule.rearmAfter().toMillis();
      return new Hold(
          HeldReason.ATTEMPTS_EXHAUSTED,
          armed.attempts() + " attempts of " + rule.maxAttempts() + " did not help",
          OptionalLong.of(again));
    }
    OptionalLong free = budgetFreeAt(rule, armed, nowBoot);
    if (free.isPresent()) {
      return new Hold(
          HeldReason.BUDGET_SPENT,
          rule.budget() + " actions within " + rule.budgetWindow().toMinutes() + " min",
          free);
    }
    HealingLog acted = acted(rule, armed, nowBoot);
    return new Act(acted.attempts(), acted);
  }

  private static boolean isQuiet(HealingRule rule, HealingLog log, long nowBoot) {
    return log.lastAction().isPresent()
        && nowBoot - log.lastAction().getAsLong() >= rule.rearmAfter().toMillis();
  }

  /** The log with an action of {@code rule} that begins now. */
  public static HealingLog acted(HealingRule rule, HealingLog log, long nowBoot) {
    return log.acted(nowBoot, rule.budgetWindow().toMillis());
  }

  /** When the rule's budget allows an action again; empty: now. */
  public static OptionalLong budgetFreeAt(HealingRule rule, HealingLog log, long nowBoot) {
    long window = rule.budgetWindow().toMillis();
    List<Long> recent = log.actions().stream().filter(at -> nowBoot - at < window).toList();
    return recent.size() < rule.budget()
        ? OptionalLong.empty()
        : OptionalLong.of(recent.get(recent.size() - rule.budget()) + window);
  }

  private static HealingDecision hold(HeldReason reason, String detail) {
    return new Hold(reason, detail, OptionalLong.empty());
  }
}
