package io.holdfast.collector.api.grpc;

import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the names of a request against the plan in force. */
record Planned(Optional<Plan> plan) {
  private static final int NAMES_SHOWN = 20;
  private static final int LONGEST_NAME = 100;

  /**
   * Throws a {@link StatusException} when there is no such host, no such service, or no such
   * service on that host; an empty name stands for all.
   */
  void check(String host, String service) {
    Collection<String> hosts = plan.map(Plan::hosts).orElse(Map.of()).keySet();
    if (!host.isEmpty() && !hosts.contains(host)) {
      throw notFound("the plan has no host " + cut(host) + "; it has: " + names(hosts));
    }
    if (service.isEmpty()) {
      return;
    }
    Collection<String> services = plan.map(Plan::services).orElse(Map.of()).keySet();
    if (!services.contains(service)) {
      throw notFound("the plan has no service " + cut(service) + "; it has: " + names(services));
    }
    List<String> runsOn =
        plan.map(p -> p.services().get(service)).map(Service::runsOn).orElse(List.of());
    if (!host.isEmpty() && !runsOn.contains(host)) {
      throw notFound(
          "service " + service + " runs not on " + host + "; it runs on: " + names(runsOn));
    }
  }

  private static StatusException notFound(String message) {
    return new StatusException(GrpcStatus.NOT_FOUND, message);
  }

  private static String names(Collection<String> all) {
    if (all.isEmpty()) {
      return "none";
    }
    String shown = String.join(", ", all.stream().limit(NAMES_SHOWN).toList());
    int more = all.size() - NAMES_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** Status messages travel in headers: what came from outside must not make them long. */
  private static String cut(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
  }
}
