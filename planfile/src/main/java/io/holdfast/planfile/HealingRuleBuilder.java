package io.holdfast.planfile;

import io.holdfast.core.plan.HealingRule;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.Section;
import java.util.Locale;
import java.util.Optional;

/** Makes a healing rule of a plan that was found to be good. */
final class HealingRuleBuilder {

  private HealingRuleBuilder() {}

  static HealingRule build(Section section) {
    HealingRule.Trigger trigger =
        HealingRule.Trigger.valueOf(PlanBuilder.text(section, "trigger").toUpperCase(Locale.ROOT));
    HealingRule.Action action =
        HealingRule.Action.valueOf(PlanBuilder.text(section, "action").toUpperCase(Locale.ROOT));
    HealingRule defaults = HealingRule.withDefaults(trigger, action);
    Optional<Section> budget = section.section("budget");
    return new HealingRule(
        trigger,
        action,
        section.optional("service", Forms.TEXT),
        section.optional("module", Forms.TEXT),
        section.optional("max_attempts", Forms.wholeNumber(1, 100)).orElse(defaults.maxAttempts()),
        section.optional("backoff_factor", Forms.number(1, 10)).orElse(defaults.backoffFactor()),
        section.optional("initial_backoff", Quantities.DURATION).orElse(defaults.initialBackoff()),
        section.optional("max_backoff", Quantities.DURATION).orElse(defaults.maxBackoff()),
        section.optional("jitter", Quantities.PERCENTAGE).orElse(defaults.jitter()),
        budget
            .flatMap(found -> found.optional("actions", Forms.wholeNumber(1, 1000)))
            .orElse(defaults.budget()),
        budget
            .flatMap(found -> found.optional("per", Quantities.DURATION))
            .orElse(defaults.budgetWindow()),
        section.optional("rearm_after", Quantities.DURATION).orElse(defaults.rearmAfter()),
        section.optional("cooldown", Quantities.DURATION).orElse(defaults.cooldown()),
        section.optional("threshold", Quantities.PERCENTAGE).orElse(defaults.threshold()),
        section.optional("for", Quantities.DURATION).orElse(defaults.sustained()));
  }
}
