package io.holdfast.wire;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A {@link HostPlan} on the wire and in the agent's state directory. Durations travel as whole
 * milliseconds; which other hosts a service runs on does not travel, so that what is read has the
 * plan's own host alone.
 */
public final class HostPlanMapping {
  /** The most bytes of a message that an agent reads: its objects have to fit into its memory. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final int MAX_SERVICES = 1_000;
  private static final int MAX_RULES = 1_000;
  private static final int MAX_CHECKS = 8;
  private static final int MAX_NAME = 64;
  private static final int MAX_UNIT = 256;
  private static final int MAX_HASH = 128;
  private static final int MAX_HOST = 253;
  private static final int MAX_SYSTEM = 1_024;

  private HostPlanMapping() {}

  /** As a message holds it. */
  public static io.holdfast.proto.agent.v1.HostPlan toProto(HostPlan plan) {
    return io.holdfast.proto.agent.v1.HostPlan.newBuilder()
        .setPlanHash(plan.planHash())
        .setHost(plan.host())
        .setSystem(plan.system())
        .addAllServices(plan.services().stream().map(HostPlanMapping::service).toList())
        .addAllHealing(plan.healing().stream().map(HealingRuleMapping::toProto).toList())
        .build();
  }

  /**
   * As core has it.
   *
   * @throws WireException when this build does not know a probe, trigger or action in it, or a
   *     number, a text or a list is beyond its bounds
   */
  public static HostPlan fromProto(io.holdfast.proto.agent.v1.HostPlan plan) {
    if (plan.getPlanHash().isEmpty() || plan.getHost().isEmpty()) {
      throw new WireException("a host plan has no hash or no host");
    }
    Field.between("the number of services", plan.getServicesCount(), 0, MAX_SERVICES);
    Field.between("the number of healing rules", plan.getHealingCount(), 0, MAX_RULES);
    return new HostPlan(
        Field.text("plan_hash", plan.getPlanHash(), MAX_HASH),
        Field.text("host", plan.getHost(), MAX_HOST),
        Field.text("system", plan.getSystem(), MAX_SYSTEM),
        onceEach(
            "service",
            Service::name,
            plan.getServicesList().stream()
                .map(service -> service(plan.getHost(), service))
                .toList()),
        plan.getHealingList().stream().map(HealingRuleMapping::fromProto).toList());
  }

  private static <T> List<T> onceEach(String what, Function<T, String> name, List<T> all) {
    Set<String> seen = new HashSet<>();
    for (T one : all) {
      if (name.apply(one).isEmpty() || !seen.add(name.apply(one))) {
        throw new WireException(
            "a " + what + " has no name, or \"" + name.apply(one) + "\" is there twice");
      }
    }
    return all;
  }

  private static io.holdfast.proto.agent.v1.Service service(Service service) {
    return io.holdfast.proto.agent.v1.Service.newBuilder()
        .setName(service.name())
        .setModule(service.module())
        .setUnit(service.unit())
        .setCritical(service.critical())
        .setExclusive(service.exclusive())
        .addAllChecks(service.checks().stream().map(CheckMapping::toProto).toList())
        .build();
  }

  private static Service service(String host, io.holdfast.proto.agent.v1.Service service) {
    String name = Field.text("the name of a service", service.getName(), MAX_NAME);
    try {
      Field.between("the number of checks", service.getChecksCount(), 0, MAX_CHECKS);
      return new Service(
          name,
          service.getCritical(),
          service.getExclusive(),
          Field.text("module", service.getModule(), MAX_NAME),
          Field.text("unit", service.getUnit(), MAX_UNIT),
          List.of(host),
          onceEach(
              "check",
              Check::name,
              service.getChecksList().stream().map(CheckMapping::fromProto).toList()));
    } catch (WireException e) {
      throw new WireException("service " + name + ": " + e.getMessage(), e);
    }
  }
}
