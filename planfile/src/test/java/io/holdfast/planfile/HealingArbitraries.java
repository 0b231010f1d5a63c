package io.holdfast.planfile;

import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Service;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary healing rules for given services. */
final class HealingArbitraries {

  private HealingArbitraries() {}

  static Arbitrary<List<HealingRule>> of(List<Service> services) {
    return Arbitraries.oneOf(serviceDown(services), highMemory(services))
        .list()
        .ofMaxSize(4)
        .map(HealingArbitraries::oneForEach);
  }

  private static List<HealingRule> oneForEach(List<HealingRule> rules) {
    Map<List<Object>, HealingRule> bySubject = new LinkedHashMap<>();
    rules.forEach(
        rule -> bySubject.put(List.of(rule.trigger(), rule.service(), rule.module()), rule));
    return List.copyOf(bySubject.values());
  }

  private static Arbitrary<HealingRule> serviceDown(List<Service> services) {
    HealingRule defaults = PlanArbitraries.defaultsOf(Trigger.SERVICE_DOWN);
    Arbitrary<Duration> time = PlanArbitraries.durations();
    return Combinators.combine(
            Arbitraries.of(services).map(Service::name).optional(),
            Arbitraries.integers().between(1, 100),
            Arbitraries.doubles().between(1, 10).ofScale(6),
            Combinators.combine(time, time).as(List::of),
            Arbitraries.doubles().between(0, 1).ofScale(9),
            Arbitraries.integers().between(1, 1000),
            time,
            time)
        .as(
            (service, attempts, factor, backoff, jitter, budget, per, rearm) ->
                new HealingRule(
                    Trigger.SERVICE_DOWN,
                    Action.RESTART_SERVICE,
                    service,
                    Optional.empty(),
                    attempts,
                    factor,
                    backoff.stream().min(Duration::compareTo).orElseThrow(),
                    backoff.stream().max(Duration::compareTo).orElseThrow(),
                    jitter,
                    budget,
                    per,
                    rearm,
                    defaults.cooldown(),
                    defaults.threshold(),
                    defaults.sustained()));
  }

  private static Arbitrary<HealingRule> highMemory(List<Service> services) {
    HealingRule defaults = PlanArbitraries.defaultsOf(Trigger.HIGH_MEMORY_USAGE);
    Arbitrary<Duration> time = PlanArbitraries.durations();
    return Combinators.combine(
            Arbitraries.of(services).optional(),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 1000),
            time,
            time,
            Arbitraries.doubles().between(0.000001, 1).ofScale(6),
            time)
        .as(
            (subject, byModule, budget, per, cooldown, threshold, sustained) ->
                new HealingRule(
                    Trigger.HIGH_MEMORY_USAGE,
                    byModule || subject.isEmpty()
                        ? Action.RESTART_APPLICATION
                        : Action.RESTART_SERVICE,
                    byModule ? Optional.empty() : subject.map(Service::name),
                    byModule ? subject.map(Service::module) : Optional.empty(),
                    defaults.maxAttempts(),
                    defaults.backoffFactor(),
                    defaults.initialBackoff(),
                    defaults.maxBackoff(),
                    defaults.jitter(),
                    budget,
                    per,
                    defaults.rearmAfter(),
                    cooldown,
                    threshold,
                    sustained));
  }
}
