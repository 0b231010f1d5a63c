package io.holdfast.core.ledger;

import io.holdfast.core.agent.HostEvent.EventsDropped;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.IncidentLevelChanged;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.core.ledger.LedgerRecord.TrustChanged;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.trust.TrustState;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the ledger says, immutable: the fold of all its records in their order.
 *
 * @param plan the plan in force
 * @param spools how far each spool is
 * @param services the last verdict of each service of the plan
 * @param incidents the open ones and the newest {@value #INCIDENTS_KEPT} others, by id
 * @param incidentsTotal how many were opened in the ledger's life
 * @param trust tokens and certificates
 */
public record ClusterState(
    Optional<PlanApplied> plan,
    SortedMap<SpoolKey, SpoolPosition> spools,
    SortedMap<ServiceKey, ServiceState> services,
    SortedMap<String, Incident> incidents,
    long incidentsTotal,
    EventHistory history,
    TrustState trust) {

  /** Ended incidents beyond this many are forgotten, oldest first. */
  public static final int INCIDENTS_KEPT = 1_000;

  /** Of each host, the position of this many spools is remembered. */
  static final int SPOOLS_KEPT = 8;

  /** Before the first record. */
  public static final ClusterState EMPTY =
      new ClusterState(
          Optional.empty(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          0,
          EventHistory.EMPTY,
          TrustState.EMPTY);

  /** Makes the maps unmodifiable; the caller hands them over. */
  public ClusterState {
    spools = Collections.unmodifiableSortedMap(spools);
    services = Collections.unmodifiableSortedMap(services);
    incidents = Collections.unmodifiableSortedMap(incidents);
  }

  /** The state after {@code record}; a record that changes nothing gives this very state. */
  public ClusterState apply(LedgerRecord record) {
    return switch (record) {
      case PlanApplied applied -> withPlan(applied);
      case EventRecorded recorded -> withEvent(recorded);
      case IncidentOpened opened -> withOpened(opened);
      case IncidentLevelChanged changed -> withLevel(changed);
      case IncidentEnded ended -> withEnd(ended);
      case TrustChanged changed -> withTrust(trust.apply(changed.change()));
    };
  }

  /** The state after all of {@code records}. */
  public ClusterState apply(Iterable<? extends LedgerRecord> records) {
    ClusterState state = this;
    for (LedgerRecord record : records) {
      state = state.apply(record);
    }
    return state;
  }

  /** The plan in force, without its text. */
  public Optional<Plan> planInForce() {
    return plan.map(PlanApplied::plan);
  }

  /** Sequence of the last event of that spool in the ledger; 0: none. */
  public long lastSequence(String host, String spoolId) {
    SpoolPosition position = spools.get(new SpoolKey(host, spoolId));
    return position == null ? 0 : position.lastSequence();
  }

  /** The last recorded verdict of a service. */
  public ServiceState service(ServiceKey key) {
    return services.getOrDefault(key, ServiceState.NEVER_SEEN);
  }

  /** The open incidents by id. */
  public Stream<Incident> openIncidents() {
    return incidents.values().stream().filter(Incident::isOpen);
  }

  /** The open incident of that service. */
  public Optional<Incident> openIncident(ServiceKey key) {
    return openIncidents().filter(incident -> incident.key().equals(key)).findFirst();
  }

  /**
   * Whether the event follows what the ledger has of its spool. A spool that the ledger does not
   * know may begin anywhere: the ledger may be younger than the spool.
   */
  public SpoolOrder orderOf(EventRecorded recorded) {
    SpoolPosition position = spools.get(new SpoolKey(recorded.host(), recorded.spoolId()));
    if (position == null) {
      return SpoolOrder.NEXT;
    }
    if (recorded.event().sequence() <= position.lastSequence()) {
      return SpoolOrder.DUPLICATE;
    }
    return recorded.event().previous() <= position.lastSequence()
        ? SpoolOrder.NEXT
        : SpoolOrder.GAP;
  }

  /** Where an event stands to what the ledger has of its spool. */
  public enum SpoolOrder {
    NEXT,
    DUPLICATE,
    /** Events between the last recorded one and this are missing. */
    GAP
  }

  private ClusterState withPlan(PlanApplied applied) {
    SortedMap<ServiceKey, ServiceState> kept = new TreeMap<>(services);
    kept.keySet().removeIf(key -> !isPlanned(applied.plan(), key));
    return new ClusterState(
        Optional.of(applied), spools, kept, incidents, incidentsTotal, history, trust);
  }

  /** Whether the plan has that service on that host. */
  public static boolean isPlanned(Plan plan, ServiceKey key) {
    var service = plan.services().get(key.service());
    return service != null && service.runsOn().contains(key.host());
  }

  private ClusterState withEvent(EventRecorded recorded) {
    if (orderOf(recorded) != SpoolOrder.NEXT) {
      return this;
    }
    EventHistory grown = history.plus(recorded);
    return new ClusterState(
        plan,
        SpoolPositions.after(spools, recorded, grown.total()),
        servicesAfter(recorded),
        incidents,
        incidentsTotal,
        grown,
        trust);
  }

  private SortedMap<ServiceKey, ServiceState> servicesAfter(EventRecorded recorded) {
    if (plan.isEmpty()) {
      return services;
    }
    return switch (recorded.event().event()) {
      case VerdictChanged change -> {
        ServiceKey key = new ServiceKey(recorded.host(), change.service());
        yield isPlanned(plan.get().plan(), key)
            ? withService(services, key, service(key).after(recorded, change))
            : services;
      }
      case EventsDropped dropped -> withDrop(recorded, dropped);
      default -> services;
    };
  }

  /** A service that never reported stays one: nothing that was known of it is lost. */
  private SortedMap<ServiceKey, ServiceState> withDrop(
      EventRecorded recorded, EventsDropped dropped) {
    SortedMap<ServiceKey, ServiceState> next = services;
    for (Map.Entry<ServiceKey, ServiceState> entry : services.entrySet()) {
      ServiceKey key = entry.getKey();
      boolean concerned =
          key.host().equals(recorded.host())
              && (dropped.service().isEmpty() || dropped.service().equals(key.service()));
      if (concerned) {
        next = withService(next, key, entry.getValue().afterDrop(recorded, dropped));
      }
    }
    return next;
  }

  private static SortedMap<ServiceKey, ServiceState> withService(
      SortedMap<ServiceKey, ServiceState> services, ServiceKey key, ServiceState state) {
    SortedMap<ServiceKey, ServiceState> next = new TreeMap<>(services);
    next.put(key, state);
    return next;
  }

  private ClusterState withOpened(IncidentOpened opened) {
    SortedMap<String, Incident> next = new TreeMap<>(incidents);
    next.put(opened.id(), new Incident(opened, opened.level(), Optional.empty()));
    return withIncidents(next, incidentsTotal + 1);
  }

  private ClusterState withLevel(IncidentLevelChanged changed) {
    Incident old = incidents.get(changed.id());
    if (old == null || !old.isOpen()) {
      return this;
    }
    SortedMap<String, Incident> next = new TreeMap<>(incidents);
    next.put(old.id(), new Incident(old.opened(), changed.level(), old.ended()));
    return withIncidents(next, incidentsTotal);
  }

  private ClusterState withEnd(IncidentEnded ended) {
    Incident old = incidents.get(ended.id());
    if (old == null || !old.isOpen()) {
      return this;
    }
    SortedMap<String, Incident> next = new TreeMap<>(incidents);
    next.put(old.id(), new Incident(old.opened(), old.level(), Optional.of(ended)));
    long closed = next.values().stream().filter(incident -> !incident.isOpen()).count();
    if (closed > INCIDENTS_KEPT) {
      next.values().stream()
          .filter(incident -> !incident.isOpen())
          .findFirst()
          .ifPresent(oldest -> next.remove(oldest.id()));
    }
    return withIncidents(next, incidentsTotal);
  }

  private ClusterState withIncidents(SortedMap<String, Incident> next, long total) {
    return new ClusterState(plan, spools, services, next, total, history, trust);
  }

  private ClusterState withTrust(TrustState next) {
    return new ClusterState(plan, spools, services, incidents, incidentsTotal, history, next);
  }
}
