package io.holdfast.core.agent;

import io.holdfast.core.agent.AgentEvent.MemorySampled;
import io.holdfast.core.agent.HostEvent.HealingHeld;
import io.holdfast.core.healing.HealingPolicy;
import io.holdfast.core.healing.HeldReason;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HealingRule.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Restarts the services of a module, one at a time, when memory stays short. */
final class MemoryGuard {

  private MemoryGuard() {}

  /** Starts the next restart of each rule whose previous one is over. */
  static void run(Turn turn) {
    turn.memory.replaceAll(
        (index, watch) -> {
          if (watch.queue().isEmpty() || isBusy(turn)) {
            return watch;
          }
          ServiceWatch target = turn.services.get(watch.queue().getFirst());
          if (target != null) {
            HealingRule rule = turn.plan.orElseThrow().healing().get(index);
            Healer.begin(turn, target, rule, watch.log().attempts());
          }
          return watch.withoutHead();
        });
  }

  private static boolean isBusy(Turn turn) {
    return turn.services.values().stream().anyMatch(watch -> watch.attempt.isPresent());
  }

  static void sampled(Turn turn, MemorySampled sample) {
    List<HealingRule> rules = turn.plan.map(plan -> plan.healing()).orElse(List.of());
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).trigger() == Trigger.HIGH_MEMORY_USAGE) {
        MemoryWatch watch = turn.memory.getOrDefault(i, MemoryWatch.NEW);
        turn.memory.put(i, judge(turn, rules.get(i), watch, sample));
      }
    }
  }

  private static MemoryWatch judge(
      Turn turn, HealingRule rule, MemoryWatch before, MemorySampled sample) {
    if (usedRatio(rule, sample) < rule.threshold()) {
      return before.calm();
    }
    MemoryWatch watch = before.highFrom(turn.nowBoot());
    long high = turn.nowBoot() - watch.highSince().orElseThrow();
    if (high < rule.sustained().toMillis() || !watch.queue().isEmpty() || isBusy(turn)) {
      return watch;
    }
    List<String> targets = targets(turn, rule, sample);
    Optional<HeldReason> held = holds(rule, watch, targets, turn.nowBoot());
    if (held.isEmpty()) {
      return watch.acting(HealingPolicy.acted(rule, watch.log(), turn.nowBoot()), targets);
    }
    if (!watch.heldReported()) {
      turn.emit(
          new HealingHeld(
              rule.service().orElse(""), rule.trigger(), held.get(), "memory is short"));
    }
    return watch.held();
  }

  private static Optional<HeldReason> holds(
      HealingRule rule, MemoryWatch watch, List<String> targets, long nowBoot) {
    if (targets.isEmpty()) {
      return Optional.of(HeldReason.NO_TARGET);
    }
    OptionalLong last = watch.log().lastAction();
    if (last.isPresent() && nowBoot - last.getAsLong() < rule.cooldown().toMillis()) {
      return Optional.of(HeldReason.COOLDOWN);
    }
    return HealingPolicy.budgetFreeAt(rule, watch.log(), nowBoot).isPresent()
        ? Optional.of(HeldReason.BUDGET_SPENT)
        : Optional.empty();
  }

  /** Of the host, or of the service that the rule names. */
  private static double usedRatio(HealingRule rule, MemorySampled sample) {
    double total = Math.max(1, sample.totalBytes());
    return rule.service().isPresent()
        ? sample.residentBytes().getOrDefault(rule.service().get(), 0L) / total
        : (total - sample.availableBytes()) / total;
  }

  /** An exclusive service is restarted only when the rule names it (design, section 3). */
  private static List<String> targets(Turn turn, HealingRule rule, MemorySampled sample) {
    if (rule.service().isPresent()) {
      return turn.services.values().stream()
          .filter(watch -> watch.managed && watch.name().equals(rule.service().get()))
          .map(ServiceWatch::name)
          .toList();
    }
    List<ServiceWatch> candidates =
        turn.services.values().stream()
            .filter(watch -> watch.managed && !watch.service.exclusive())
            .toList();
    if (rule.module().isPresent()) {
      return candidates.stream()
          .filter(watch -> watch.service.module().equals(rule.module().get()))
          .map(ServiceWatch::name)
          .toList();
    }
    Map<String, Long> resident = sample.residentBytes();
    return candidates.stream()
        .max(Comparator.comparingLong(watch -> resident.getOrDefault(watch.name(), 0L)))
        .map(largest -> List.of(largest.name()))
        .orElse(List.of());
  }
}
