package io.holdfast.planfile;

import io.holdfast.core.plan.HealingRule;
import io.holdfast.planfile.yaml.Quantities;
import java.util.List;
import java.util.Locale;

/** Writes the section {@code healing}: every key that has an effect on the rule. */
final class HealingPrinter {

  private HealingPrinter() {}

  static void write(List<HealingRule> rules, YamlWriter out) {
    if (rules.isEmpty()) {
      return;
    }
    out.open("healing");
    rules.forEach(rule -> rule(rule, out));
    out.close();
  }

  private static void rule(HealingRule rule, YamlWriter out) {
    out.item();
    out.word("trigger", rule.trigger().name().toLowerCase(Locale.ROOT));
    out.word("action", rule.action().name().toLowerCase(Locale.ROOT));
    rule.service().ifPresent(service -> out.string("service", service));
    rule.module().ifPresent(module -> out.string("module", module));
    switch (rule.trigger()) {
      case SERVICE_DOWN -> serviceDown(rule, out);
      case HIGH_MEMORY_USAGE -> highMemory(rule, out);
    }
    out.open("budget");
    out.word("actions", String.valueOf(rule.budget()));
    out.word("per", Quantities.write(rule.budgetWindow()));
    out.close();
    out.close();
  }

  private static void serviceDown(HealingRule rule, YamlWriter out) {
    out.word("max_attempts", String.valueOf(rule.maxAttempts()));
    out.word("backoff_factor", String.valueOf(rule.backoffFactor()));
    out.word("initial_backoff", Quantities.write(rule.initialBackoff()));
    out.word("max_backoff", Quantities.write(rule.maxBackoff()));
    out.word("jitter", Quantities.writePercentage(rule.jitter()));
    out.word("rearm_after", Quantities.write(rule.rearmAfter()));
  }

  private static void highMemory(HealingRule rule, YamlWriter out) {
    out.word("threshold", Quantities.writePercentage(rule.threshold()));
    out.word("for", Quantities.write(rule.sustained()));
    out.word("cooldown", Quantities.write(rule.cooldown()));
  }
}
