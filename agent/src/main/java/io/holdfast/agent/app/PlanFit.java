package io.holdfast.agent.app;

import io.holdfast.core.agent.AgentEvent.PlanInForce;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Service;
import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.ManagedService;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a plan a host's configuration lets the agent carry out. */
final class PlanFit {
  private static final Logger LOG = LoggerFactory.getLogger(PlanFit.class);

  private PlanFit() {}

  /** The plan as this host may carry it out: where it names another unit, it only observes. */
  static PlanInForce of(HostPlan plan, AgentConfig config) {
    Set<String> managed = new HashSet<>(config.services().keySet());
    Map<String, String> contradicted = new LinkedHashMap<>();
    config
        .units()
        .forEach(
            (service, unit) ->
                plan.service(service)
                    .filter(planned -> differs(planned, unit))
                    .ifPresent(
                        planned -> {
                          managed.remove(service);
                          contradicted.put(service, contradiction(planned, unit));
                        }));
    contradicted.forEach((service, why) -> LOG.warn("{}: {}", service, why));
    return new PlanInForce(plan, managed, contradicted);
  }

  /** A plan that names no unit leaves it to the host. */
  private static boolean differs(Service planned, ManagedService.Unit unit) {
    return !planned.unit().isEmpty() && !planned.unit().equals(unit.name());
  }

  private static String contradiction(Service planned, ManagedService.Unit unit) {
    return "only observed: the plan has the unit "
        + planned.unit()
        + ", agent.yaml of this host allows "
        + unit.name();
  }
}
