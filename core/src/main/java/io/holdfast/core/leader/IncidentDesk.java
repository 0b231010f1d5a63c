package io.holdfast.core.leader;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.incident.Impact;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.Incident;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.IncidentLevelChanged;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.ledger.Outage;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.ledger.ServiceState;
import io.holdfast.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Opens, raises and ends incidents.
 *
 * <p>An outage becomes an incident when it is not over {@link #PATIENCE_MILLIS} after it was
 * noticed: until then the first healing has its chance.
 */
final class IncidentDesk {

  /** How long the first healing may take (issue "main job", section Collector: 10 s). */
  static final long PATIENCE_MILLIS = 10_000;

  private IncidentDesk() {}

  /**
   * What has to be recorded before a recovery: the incident of an outage that outlasted the
   * patience while this leader could not see it (the agent was cut off, or another led).
   */
  static Optional<LedgerRecord> before(ClusterState state, EventRecorded recorded, Moment now) {
    return recoveryOf(state, recorded)
        .filter(recovery -> state.openIncident(recovery.key()).isEmpty())
        .filter(
            recovery ->
                recovery.outage().millisNoticedUntil(recorded, recovery.agoMillis())
                    >= PATIENCE_MILLIS)
        .map(recovery -> open(state, recovery.key(), now));
  }

  /** The end of the incident, when {@code recorded} is the service's recovery. */
  static List<LedgerRecord> after(ClusterState before, EventRecorded recorded, Moment now) {
    Optional<Recovery> recovery = recoveryOf(before, recorded);
    if (recovery.isEmpty()) {
      return List.of();
    }
    ServiceKey key = recovery.get().key();
    long ago = recovery.get().agoMillis();
    long outage = recovery.get().outage().millisUntil(recorded, ago);
    Optional<String> id =
        before
            .openIncident(key)
            .map(Incident::id)
            .or(() -> before(before, recorded, now).map(ignored -> nextId(before)));
    return id.<LedgerRecord>map(
            incident ->
                new IncidentEnded(incident, recorded.happenedWallMillis() - ago, outage, true))
        .map(List::of)
        .orElse(List.of());
  }

  /**
   * The end of an outage.
   *
   * @param agoMillis how long before the event that tells of it
   */
  private record Recovery(ServiceKey key, Outage outage, long agoMillis) {}

  private static Optional<Recovery> recoveryOf(ClusterState state, EventRecorded recorded) {
    if (!(recorded.event().event() instanceof VerdictChanged change)) {
      return Optional.empty();
    }
    ServiceKey key = new ServiceKey(recorded.host(), change.service());
    ServiceState service = state.service(key);
    OptionalLong ago = service.outageOverAgo(recorded, change);
    return ago.isPresent()
        ? service.outage().map(outage -> new Recovery(key, outage, ago.getAsLong()))
        : Optional.empty();
  }

  /** Opens what has lasted too long and raises what has become worse; adds to {@code records}. */
  static LeaderState review(
      ClusterState state, LeaderState leader, Moment now, List<LedgerRecord> records) {
    ClusterState seen = state.apply(records);
    SortedMap<ServiceKey, Long> outages = new TreeMap<>();
    for (Map.Entry<ServiceKey, ServiceState> entry : seen.services().entrySet()) {
      if (entry.getValue().outage().isEmpty()) {
        continue;
      }
      ServiceKey key = entry.getKey();
      boolean other = !entry.getValue().outage().equals(state.service(key).outage());
      long since =
          other ? now.bootMillis() : leader.outagesSeen().getOrDefault(key, now.bootMillis());
      outages.put(key, since);
      if (now.bootMillis() - since >= PATIENCE_MILLIS && seen.openIncident(key).isEmpty()) {
        LedgerRecord opened = open(seen, key, now);
        records.add(opened);
        seen = seen.apply(opened);
      }
    }
    records.addAll(raised(seen, now));
    return new LeaderState(outages);
  }

  private static List<LedgerRecord> raised(ClusterState state, Moment now) {
    List<LedgerRecord> raised = new ArrayList<>();
    if (state.planInForce().isEmpty()) {
      return raised;
    }
    Plan plan = state.planInForce().get();
    state
        .openIncidents()
        .filter(incident -> ClusterState.isPlanned(plan, incident.key()))
        .forEach(
            incident -> {
              Impact impact = Impact.of(plan, state, incident.key());
              if (impact.level().isWorseThan(incident.level())) {
                raised.add(
                    new IncidentLevelChanged(
                        incident.id(), impact.level(), now.wallMillis(), impact.why()));
              }
            });
    return raised;
  }

  private static LedgerRecord open(ClusterState state, ServiceKey key, Moment now) {
    ServiceState service = state.service(key);
    Impact impact = Impact.of(state.planInForce().orElseThrow(), state, key);
    long start = service.outage().map(Outage::startWallMillis).orElse(service.sinceWallMillis());
    return new IncidentOpened(
        nextId(state),
        key.host(),
        key.service(),
        impact.level(),
        start,
        now.wallMillis(),
        service.reasons(),
        impact.why());
  }

  private static String nextId(ClusterState state) {
    return String.format(Locale.ROOT, "inc-%06d", state.incidentsTotal() + 1);
  }

  /** Ends the incidents of services that {@code plan} guards no more. */
  static List<LedgerRecord> withdraw(ClusterState state, Plan plan, Moment now) {
    return state
        .openIncidents()
        .filter(incident -> !ClusterState.isPlanned(plan, incident.key()))
        .<LedgerRecord>map(
            incident ->
                new IncidentEnded(
                    incident.id(),
                    now.wallMillis(),
                    Math.max(0, now.wallMillis() - incident.opened().lastGoodWallMillis()),
                    false))
        .toList();
  }
}
