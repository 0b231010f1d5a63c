package io.holdfast.collector.api;

import io.holdfast.collector.api.FleetView.Beat;
import io.holdfast.collector.api.FleetView.HostLink;
import io.holdfast.core.Moment;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.ServiceStatus;
import java.util.List;
import java.util.Optional;

/** Every planned service on every host that the plan gives it, as far as it is known now. */
final class ServiceRows {
  /** A host whose last heartbeat is older than this, in milliseconds, is silent. */
  static final long SILENT_AFTER_MILLIS = 3_000;

  private final FleetView fleet;
  private final Moment now;

  ServiceRows(FleetView fleet, Moment now) {
    this.fleet = fleet;
    this.now = now;
  }

  List<ServiceStatus> of(Plan plan) {
    return plan.services().values().stream()
        .flatMap(service -> service.runsOn().stream().map(host -> row(service, host)))
        .toList();
  }

  private ServiceStatus row(Service service, String host) {
    ServiceStatus.Builder row =
        ServiceStatus.newBuilder()
            .setName(service.name())
            .setHost(host)
            .setModule(service.module())
            .setCritical(service.critical())
            .setExclusive(service.exclusive());
    Optional<HostLink> link = fleet.host(host);
    Optional<Beat> last = link.flatMap(HostLink::last);
    if (last.isEmpty() || !link.get().connected() || isSilent(last.get())) {
      return unknown(row, ReasonCode.HOST_SILENT)
          .setSinceWallMillis(last.map(beat -> beat.at().wallMillis()).orElse(0L))
          .build();
    }
    return last.get().heartbeat().getVerdictsList().stream()
        .filter(verdict -> verdict.getService().equals(service.name()))
        .findFirst()
        .map(verdict -> known(row, verdict))
        .orElseGet(() -> unknown(row, ReasonCode.NOT_CHECKED_YET))
        .build();
  }

  private boolean isSilent(Beat beat) {
    return now.millisSince(beat.at()) > SILENT_AFTER_MILLIS;
  }

  private static ServiceStatus.Builder known(ServiceStatus.Builder row, ServiceVerdict verdict) {
    return row.setVerdict(told(verdict))
        .addAllReasons(verdict.getReasonsList())
        .setSinceWallMillis(verdict.getSinceWallMillis())
        .setPid(verdict.getPid())
        .setHealing(verdict.getHealing());
  }

  /** A verdict that this build does not know says nothing. */
  private static Verdict told(ServiceVerdict verdict) {
    return switch (verdict.getVerdict()) {
      case VERDICT_HEALTHY, VERDICT_UNHEALTHY -> verdict.getVerdict();
      case VERDICT_UNKNOWN, VERDICT_UNSPECIFIED, UNRECOGNIZED -> Verdict.VERDICT_UNKNOWN;
    };
  }

  private static ServiceStatus.Builder unknown(ServiceStatus.Builder row, ReasonCode code) {
    return row.setVerdict(Verdict.VERDICT_UNKNOWN)
        .addReasons(Reason.newBuilder().setCode(code.name()));
  }
}
