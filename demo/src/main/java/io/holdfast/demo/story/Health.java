package io.holdfast.demo.story;

import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holdfast's status, put into a few words. */
final class Health {

  private Health() {}

  /** Why not everything is well by Holdfast's own answer. */
  static Optional<String> firstProblem(SystemStatus status, String planHash) {
    if (!status.getPlanHash().equals(planHash)) {
      return Optional.of("the collector works from plan \"" + status.getPlanHash() + "\"");
    }
    for (HostStatus host : status.getHostsList()) {
      if (!host.getConnected() || !host.getPlanHash().equals(planHash)) {
        return Optional.of(
            host.getName() + (host.getConnected() ? " has another plan" : " is not connected"));
      }
    }
    if (status.getServicesCount() == 0 || status.getHostsCount() == 0) {
      return Optional.of("the status names no host or no service");
    }
    List<ServiceStatus> bad =
        status.getServicesList().stream()
            .filter(service -> service.getVerdict() != Verdict.VERDICT_HEALTHY)
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Optional.of(bad.stream().map(Health::describe).collect(Collectors.joining("; ")));
  }

  static String describe(ServiceStatus service) {
    String verdict = service.getVerdict().name().replace("VERDICT_", "");
    String why =
        service.getReasonsList().stream().map(Health::describe).collect(Collectors.joining(", "));
    return service.getName()
        + " on "
        + service.getHost()
        + " "
        + verdict
        + " (process "
        + service.getPid()
        + (why.isEmpty() ? "" : "; " + why)
        + ")";
  }

  /** One line per host: name, site, address, build of its agent. */
  static String hosts(SystemStatus status) {
    return status.getHostsList().stream()
        .map(
            host ->
                "  %-16s %-9s %-12s %s"
                    .formatted(
                        host.getName(), host.getSite(), host.getAddress(), host.getAgentBuild()))
        .collect(Collectors.joining("\n"));
  }

  /** One line per service: name, host, pid. */
  static String services(SystemStatus status) {
    return status.getServicesList().stream()
        .map(
            service ->
                "  %-16s %-9s %s"
                    .formatted(
                        service.getName(),
                        service.getHost(),
                        service.getPid() == 0 ? "-" : "pid " + service.getPid()))
        .collect(Collectors.joining("\n"));
  }

  private static String describe(Reason reason) {
    String detail = reason.getDetail();
    return reason.getCode() + (detail.isEmpty() ? "" : ": " + detail);
  }
}
