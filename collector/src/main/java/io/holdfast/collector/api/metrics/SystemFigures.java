package io.holdfast.collector.api.metrics;

import io.holdfast.core.health.Verdict;
import io.holdfast.core.plan.Level;
import io.holdfast.metrics.Catalog;
import io.holdfast.metrics.Rows;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.SystemStatus;
import io.holdfast.wire.VerdictMapping;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The guarded system as a whole, as operators see it. */
final class SystemFigures {
  private static final List<String> LEVEL = List.of("level");

  private SystemFigures() {}

  static void addTo(Catalog<CollectorReading> catalog) {
    catalog
        .gauge("holdfast_hosts_planned", "Hosts of the plan.", c -> c.status().getHostsCount())
        .gauge(
            "holdfast_hosts_connected",
            "Hosts of the plan whose agent has a stream here.",
            c -> c.status().getHostsList().stream().filter(HostStatus::getConnected).count())
        .gauges(
            "holdfast_services",
            "Services of the plan by verdict, on each host that runs them.",
            List.of("verdict"),
            (c, rows) -> services(c.status(), rows))
        .gauge(
            "holdfast_system_health_ratio",
            "Weight of what is healthy; not there while nothing is planned.",
            c -> c.status().hasSystemHealth() ? c.status().getSystemHealth() : Double.NaN)
        .gauges(
            "holdfast_incidents_open",
            "Incidents that are open.",
            LEVEL,
            (c, rows) -> {
              for (Level level : Level.values()) {
                rows.add(open(c.status(), level).count(), level.name());
              }
            })
        .counter(
            "holdfast_incidents_opened_total",
            "Incidents in the ledger's life.",
            CollectorReading::incidentsOpened)
        .gauges(
            "holdfast_incident_rto_remaining_seconds",
            "Time to the objective of the open incident that has least; negative: it was missed.",
            LEVEL,
            (c, rows) -> {
              for (Level level : Level.values()) {
                rows.add(remaining(c.status(), level), level.name());
              }
            });
  }

  private static void services(SystemStatus status, Rows rows) {
    for (Verdict verdict : Verdict.values()) {
      rows.add(
          status.getServicesList().stream()
              .filter(service -> VerdictMapping.fromProto(service.getVerdict()) == verdict)
              .count(),
          verdict.name().toLowerCase(Locale.ROOT));
    }
  }

  private static Stream<Incident> open(SystemStatus status, Level level) {
    return status.getOpenIncidentsList().stream()
        .filter(incident -> incident.getLevel().equals(level.name()));
  }

  private static double remaining(SystemStatus status, Level level) {
    return open(status, level)
        .filter(incident -> incident.getRtoMillis() > 0)
        .mapToDouble(incident -> (incident.getRtoMillis() - incident.getOutageMillis()) / 1e3)
        .min()
        .orElse(Double.NaN);
  }
}
