package io.holdfast.wire;

import io.holdfast.core.plan.HealingRule;

/** A {@link HealingRule} on the wire. */
final class HealingRuleMapping {
  private static final int MAX_NAME = 64;
  private static final int MAX_ACTIONS = 1_000;
  private static final double MAX_FACTOR = 10;

  private HealingRuleMapping() {}

  static io.holdfast.proto.agent.v1.HealingRule toProto(HealingRule rule) {
    return io.holdfast.proto.agent.v1.HealingRule.newBuilder()
        .setTrigger(trigger(rule.trigger()))
        .setAction(action(rule.action()))
        .setService(rule.service().orElse(""))
        .setModule(rule.module().orElse(""))
        .setMaxAttempts(rule.maxAttempts())
        .setBackoffFactor(rule.backoffFactor())
        .setInitialBackoffMillis(rule.initialBackoff().toMillis())
        .setMaxBackoffMillis(rule.maxBackoff().toMillis())
        .setJitter(rule.jitter())
        .setBudget(rule.budget())
        .setBudgetWindowMillis(rule.budgetWindow().toMillis())
        .setRearmAfterMillis(rule.rearmAfter().toMillis())
        .setCooldownMillis(rule.cooldown().toMillis())
        .setThreshold(rule.threshold())
        .setForMillis(rule.sustained().toMillis())
        .build();
  }

  static HealingRule fromProto(io.holdfast.proto.agent.v1.HealingRule rule) {
    try {
      return new HealingRule(
          trigger(rule.getTrigger()),
          action(rule.getAction()),
          Field.optional(Field.text("service", rule.getService(), MAX_NAME)),
          Field.optional(Field.text("module", rule.getModule(), MAX_NAME)),
          Field.between("max_attempts", rule.getMaxAttempts(), 1, MAX_ACTIONS),
          Field.between("backoff_factor", rule.getBackoffFactor(), 1, MAX_FACTOR),
          Field.millis("initial_backoff_millis", rule.getInitialBackoffMillis(), 0),
          Field.millis("max_backoff_millis", rule.getMaxBackoffMillis(), 0),
          Field.between("jitter", rule.getJitter(), 0, 1),
          Field.between("budget", rule.getBudget(), 1, MAX_ACTIONS),
          Field.millis("budget_window_millis", rule.getBudgetWindowMillis(), 0),
          Field.millis("rearm_after_millis", rule.getRearmAfterMillis(), 0),
          Field.millis("cooldown_millis", rule.getCooldownMillis(), 0),
          Field.between("threshold", rule.getThreshold(), 0, 1),
          Field.millis("for_millis", rule.getForMillis(), 0));
    } catch (WireException e) {
      throw new WireException("healing rule: " + e.getMessage(), e);
    }
  }

  private static io.holdfast.proto.agent.v1.HealingRule.Trigger trigger(
      HealingRule.Trigger trigger) {
    return switch (trigger) {
      case SERVICE_DOWN -> io.holdfast.proto.agent.v1.HealingRule.Trigger.TRIGGER_SERVICE_DOWN;
      case HIGH_MEMORY_USAGE ->
          io.holdfast.proto.agent.v1.HealingRule.Trigger.TRIGGER_HIGH_MEMORY_USAGE;
    };
  }

  private static HealingRule.Trigger trigger(
      io.holdfast.proto.agent.v1.HealingRule.Trigger trigger) {
    return switch (trigger) {
      case TRIGGER_SERVICE_DOWN -> HealingRule.Trigger.SERVICE_DOWN;
      case TRIGGER_HIGH_MEMORY_USAGE -> HealingRule.Trigger.HIGH_MEMORY_USAGE;
      case TRIGGER_UNSPECIFIED, UNRECOGNIZED ->
          throw new WireException("its trigger is missing or one that this build does not know");
    };
  }

  private static io.holdfast.proto.agent.v1.HealingRule.Action action(HealingRule.Action action) {
    return switch (action) {
      case RESTART_SERVICE -> io.holdfast.proto.agent.v1.HealingRule.Action.ACTION_RESTART_SERVICE;
      case RESTART_APPLICATION ->
          io.holdfast.proto.agent.v1.HealingRule.Action.ACTION_RESTART_APPLICATION;
    };
  }

  private static HealingRule.Action action(io.holdfast.proto.agent.v1.HealingRule.Action action) {
    return switch (action) {
      case ACTION_RESTART_SERVICE -> HealingRule.Action.RESTART_SERVICE;
      case ACTION_RESTART_APPLICATION -> HealingRule.Action.RESTART_APPLICATION;
      case ACTION_UNSPECIFIED, UNRECOGNIZED ->
          throw new WireException("its action is missing or one that this build does not know");
    };
  }
}
