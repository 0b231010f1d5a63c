package io.holdfast.collector.api;

import io.holdfast.collector.api.FleetView.Heard;
import io.holdfast.collector.api.FleetView.HostLink;
import io.holdfast.core.Moment;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.health.Silence;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.wire.VerdictMapping;
import java.util.List;
import java.util.Optional;

/** Every planned service on every host that the plan gives it, as far as it is known now. */
final class ServiceRows {
  private final FleetView fleet;
  private final LastExits exits;
  private final Moment now;

  ServiceRows(FleetView fleet, LastExits exits, Moment now) {
    this.fleet = fleet;
    this.exits = exits;
    this.now = now;
  }

  List<ServiceStatus> of(Plan plan) {
    return plan.services().values().stream()
        .flatMap(service -> service.runsOn().stream().map(host -> row(service, host)))
        .map(this::withLastWords)
        .toList();
  }

  private ServiceStatus withLastWords(ServiceStatus row) {
    return row.getVerdict() == Verdict.VERDICT_HEALTHY
        ? row
        : exits
            .of(new ServiceKey(row.getHost(), row.getName()))
            .map(exit -> row.toBuilder().setLastExit(exit).build())
            .orElse(row);
  }

  private ServiceStatus row(Service service, String host) {
    ServiceStatus.Builder row =
        ServiceStatus.newBuilder()
            .setName(service.name())
            .setHost(host)
            .setModule(service.module())
            .setCritical(service.critical())
            .setExclusive(service.exclusive());
    fleet.beats(host, service.name(), 1).forEach(row::setBeat);
    Optional<HostLink> link = fleet.host(host);
    Optional<Heard> last = link.flatMap(HostLink::last);
    boolean connected = link.map(HostLink::connected).orElse(false);
    if (last.isEmpty() || Silence.of(connected, last.map(Heard::at), now)) {
      return unknown(row, ReasonCode.HOST_SILENT)
          .setSinceWallMillis(last.map(beat -> beat.at().wallMillis()).orElse(0L))
          .build();
    }
    return last.get().heartbeat().getVerdictsList().stream()
        .filter(verdict -> verdict.getService().equals(service.name()))
        .findFirst()
        .map(verdict -> known(row, verdict, last.get().at().wallMillis()))
        .orElseGet(() -> unknown(row, ReasonCode.NOT_CHECKED_YET))
        .build();
  }

  private static ServiceStatus.Builder known(
      ServiceStatus.Builder row, ServiceVerdict verdict, long heardWallMillis) {
    return row.setVerdict(VerdictMapping.known(verdict.getVerdict()))
        .addAllReasons(verdict.getReasonsList())
        .setSinceWallMillis(
            verdict.hasSinceAgoMillis()
                ? heardWallMillis - Math.max(0, verdict.getSinceAgoMillis())
                : verdict.getSinceWallMillis())
        .setPid(verdict.getPid())
        .setHealing(verdict.getHealing());
  }

  private static ServiceStatus.Builder unknown(ServiceStatus.Builder row, ReasonCode code) {
    return row.setVerdict(Verdict.VERDICT_UNKNOWN)
        .addReasons(Reason.newBuilder().setCode(code.name()));
  }
}
