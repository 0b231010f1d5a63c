package io.holdfast.collector.api;

import io.holdfast.collector.api.FleetView.HostLink;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.incident.SystemHealth;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.RecordedEvent;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.plan.Host;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Site;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import io.holdfast.wire.VerdictMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The system as operators see it: what the ledger says, and what the last heartbeats said as long
 * as they are fresh. What is not known is UNKNOWN, never the last thing heard.
 */
public final class StatusView implements StatusSource {
  private static final int EVENTS_SHOWN = 20;
  private static final int CHANGES_SHOWN = 50;
  private static final int ENDED_INCIDENTS_SHOWN = 10;

  private final String collector;
  private final LedgerSource ledger;
  private final FleetView fleet;
  private final Supplier<Moment> clock;
  private final NewestEvents recent = new NewestEvents(StatusView::isTold, EVENTS_SHOWN);
  private final LastExits exits = new LastExits();
  private final KnownCertificates certificates = new KnownCertificates();
  private final NewestEvents changes = new NewestEvents(StatusView::isChange, CHANGES_SHOWN);

  /**
   * A view that reads anew each time it is asked.
   *
   * @param collector name of this collector
   * @param clock this collector's clocks, the same as dated the heartbeats
   */
  public StatusView(
      String collector, LedgerSource ledger, FleetView fleet, Supplier<Moment> clock) {
    this.collector = collector;
    this.ledger = ledger;
    this.fleet = fleet;
    this.clock = clock;
  }

  @Override
  public SystemStatus status() {
    LedgerSource.Reading reading = ledger.read();
    ClusterState state = reading.state();
    Moment now = clock.get();
    IncidentMessages incidents = new IncidentMessages(state, now.wallMillis());
    SystemStatus.Builder status =
        SystemStatus.newBuilder()
            .setCollector(collector)
            .setWallMillis(now.wallMillis())
            .setLedgerIndex(reading.index());
    incidents.openWorstFirst().forEach(status::addOpenIncidents);
    incidents.endedNewestFirst().limit(ENDED_INCIDENTS_SHOWN).forEach(status::addRecentIncidents);
    status
        .addAllRecent(recent.of(state.history()))
        .addAllRecentChanges(changes.of(state.history()));
    exits.upTo(state.history());
    certificates.in(state.trust());
    state.planInForce().ifPresent(plan -> addPlanned(status, plan, now));
    return status.build();
  }

  private void addPlanned(SystemStatus.Builder status, Plan plan, Moment now) {
    List<ServiceStatus> services = new ServiceRows(fleet, exits, now).of(plan);
    status
        .setSystem(plan.system().name())
        .setLocale(plan.system().locale())
        .setTimezone(plan.system().timezone())
        .setPlanHash(plan.hash())
        .addAllServices(services);
    plan.hosts().values().forEach(host -> status.addHosts(hostRow(plan, host, now)));
    systemHealth(plan, services).ifPresent(status::setSystemHealth);
  }

  private static OptionalDouble systemHealth(Plan plan, List<ServiceStatus> services) {
    Map<ServiceKey, Verdict> verdicts =
        services.stream()
            .collect(
                Collectors.toMap(
                    row -> new ServiceKey(row.getHost(), row.getName()),
                    row -> VerdictMapping.fromProto(row.getVerdict())));
    return SystemHealth.of(plan, verdicts::get);
  }

  private HostStatus hostRow(Plan plan, Host host, Moment now) {
    Optional<HostLink> link = fleet.host(host.name());
    HostStatus.Builder row =
        HostStatus.newBuilder()
            .setName(host.name())
            .setSite(plan.siteOf(host.name()).map(Site::name).orElse(""))
            .setAddress(host.address())
            .setConnected(link.map(HostLink::connected).orElse(false))
            .setPlanHash(link.map(HostLink::planHash).orElse(""))
            .setAgentBuild(link.map(HostLink::agentBuild).orElse(""))
            .setStream(link.map(HostLink::stream).orElse(""))
            .setSilentMillis(-1);
    certificates.tell(host.name(), link.map(HostLink::certificateEndsWallMillis).orElse(0L), row);
    fleet.load(host.name(), 1).forEach(row::setLoad);
    link.flatMap(HostLink::last)
        .ifPresent(
            beat -> {
              row.setSilentMillis(Math.max(0, now.millisSince(beat.at())));
              if (beat.heartbeat().hasSample()) {
                row.setSample(beat.heartbeat().getSample());
              }
            });
    return row.build();
  }

  private static boolean isChange(RecordedEvent event) {
    return event.recorded().event().event() instanceof HostEvent.VerdictChanged;
  }

  /** Changes of verdict and what healing did; starts of agents and plans are not news. */
  private static boolean isTold(RecordedEvent event) {
    return switch (event.recorded().event().event()) {
      case HostEvent.VerdictChanged told -> true;
      case HostEvent.ServiceExited told -> true;
      case HostEvent.HealingStarted told -> true;
      case HostEvent.HealingVerified told -> true;
      case HostEvent.HealingFailed told -> true;
      case HostEvent.HealingHeld told -> true;
      case HostEvent.EventsDropped told -> true;
      case HostEvent.AgentStarted routine -> false;
      case HostEvent.PlanStored routine -> false;
      case HostEvent.ServiceStarted routine -> false;
    };
  }
}
