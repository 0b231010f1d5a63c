package io.holdfast.core.plan;

import java.util.List;
import java.util.Optional;

/**
 * The part of one plan version that one host carries out.
 *
 * @param planHash version of the whole plan
 * @param host the host's name
 * @param system name of the system, for messages
 * @param services in the plan's order
 * @param healing in the plan's order; the first that fits a service applies
 */
public record HostPlan(
    String planHash,
    String host,
    String system,
    List<Service> services,
    List<HealingRule> healing) {

  /** Copies the lists. */
  public HostPlan {
    services = List.copyOf(services);
    healing = List.copyOf(healing);
  }

  /** The service of that name. */
  public Optional<Service> service(String name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  /** The rule that applies to {@code service} on {@code trigger}: its own before a general one. */
  public Optional<HealingRule> ruleFor(HealingRule.Trigger trigger, String service) {
    Optional<HealingRule> own =
        healing.stream()
            .filter(rule -> rule.trigger() == trigger)
            .filter(rule -> rule.service().equals(Optional.of(service)))
            .findFirst();
    return own.isPresent()
        ? own
        : healing.stream()
            .filter(rule -> rule.trigger() == trigger && rule.service().isEmpty())
            .findFirst();
  }
}
