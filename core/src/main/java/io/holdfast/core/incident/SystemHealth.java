package io.holdfast.core.incident;

import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The share of the system that is healthy, by weight (design, section 6). */
public final class SystemHealth {

  private SystemHealth() {}

  /**
   * Healthy weight / total weight over every service of the plan on every host that it runs on, 0
   * to 1. What is not known to be healthy is not healthy. Empty while the plan has no service.
   */
  public static OptionalDouble of(Plan plan, Function<ServiceKey, Verdict> verdicts) {
    double total = 0;
    double healthy = 0;
    for (Service service : plan.services().values()) {
      for (String host : service.runsOn()) {
        total += service.weight();
        if (verdicts.apply(new ServiceKey(host, service.name())) == Verdict.HEALTHY) {
          healthy += service.weight();
        }
      }
    }
    return total == 0 ? OptionalDouble.empty() : OptionalDouble.of(healthy / total);
  }
}
