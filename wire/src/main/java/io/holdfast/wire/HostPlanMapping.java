package io.holdfast.wire;

import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Service;
import java.util.List;

/**
 * A {@link HostPlan} on the wire and in the agent's state directory. Durations travel as whole
 * milliseconds; which other hosts a service runs on does not travel, so that what is read has the
 * plan's own host alone.
 */
public final class HostPlanMapping {
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
   *     number is out of its range
   */
  public static HostPlan fromProto(io.holdfast.proto.agent.v1.HostPlan plan) {
    if (plan.getPlanHash().isEmpty() || plan.getHost().isEmpty()) {
      throw new WireException("a host plan has no hash or no host");
    }
    return new HostPlan(
        plan.getPlanHash(),
        plan.getHost(),
        plan.getSystem(),
        plan.getServicesList().stream().map(service -> service(plan.getHost(), service)).toList(),
        plan.getHealingList().stream().map(HealingRuleMapping::fromProto).toList());
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
    try {
      return new Service(
          service.getName(),
          service.getCritical(),
          service.getExclusive(),
          service.getModule(),
          service.getUnit(),
          List.of(host),
          service.getChecksList().stream().map(CheckMapping::fromProto).toList());
    } catch (WireException e) {
      throw new WireException("service " + service.getName() + ": " + e.getMessage(), e);
    }
  }
}
