package io.holdfast.collector.api;

import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.Incident;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.plan.Plan;
import io.holdfast.wire.ReasonMapping;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The ledger's incidents as operators see them. */
public final class IncidentMessages {
  private static final Comparator<Incident> NEWEST_FIRST =
      Comparator.<Incident>comparingLong(incident -> incident.opened().openedWallMillis())
          .thenComparing(Incident::id)
          .reversed();

  private static final Comparator<Incident> WORST_FIRST =
      Comparator.comparing(Incident::level)
          .thenComparing(incident -> incident.opened().lastGoodWallMillis());

  private static final Comparator<Incident> ENDED_LAST_FIRST =
      Comparator.<Incident>comparingLong(
              incident -> incident.ended().map(IncidentEnded::wallMillis).orElse(0L))
          .reversed();

  private final ClusterState state;
  private final long wallMillis;

  /**
   * Of this state.
   *
   * @param wallMillis now
   */
  public IncidentMessages(ClusterState state, long wallMillis) {
    this.state = state;
    this.wallMillis = wallMillis;
  }

  /** All that are kept, newest first. */
  public Stream<io.holdfast.proto.v1.Incident> newestFirst(boolean openOnly) {
    return state.incidents().values().stream()
        .filter(incident -> incident.isOpen() || !openOnly)
        .sorted(NEWEST_FIRST)
        .map(this::toProto);
  }

  Stream<io.holdfast.proto.v1.Incident> openWorstFirst() {
    return state.openIncidents().sorted(WORST_FIRST).map(this::toProto);
  }

  Stream<io.holdfast.proto.v1.Incident> endedNewestFirst() {
    return state.incidents().values().stream()
        .filter(incident -> !incident.isOpen())
        .sorted(ENDED_LAST_FIRST)
        .map(this::toProto);
  }

  private io.holdfast.proto.v1.Incident toProto(Incident incident) {
    Optional<IncidentEnded> ended = incident.ended();
    return io.holdfast.proto.v1.Incident.newBuilder()
        .setId(incident.id())
        .setLevel(incident.level().name())
        .setService(incident.opened().service())
        .setHost(incident.opened().host())
        .setOpen(incident.isOpen())
        .setLastGoodWallMillis(incident.opened().lastGoodWallMillis())
        .setOpenedWallMillis(incident.opened().openedWallMillis())
        .setRecoveredWallMillis(ended.map(IncidentEnded::wallMillis).orElse(0L))
        .setOutageMillis(ended.map(IncidentEnded::outageMillis).orElseGet(() -> outage(incident)))
        .setRtoMillis(rto(incident))
        .addAllReasons(ReasonMapping.toProto(incident.opened().reasons()))
        .setWhy(incident.opened().why())
        .setAbandoned(ended.isPresent() && !ended.get().recovered())
        .build();
  }

  /** A service that was never seen good is out since the incident was opened. */
  private long outage(Incident incident) {
    long good = incident.opened().lastGoodWallMillis();
    return Math.max(0, wallMillis - (good > 0 ? good : incident.opened().openedWallMillis()));
  }

  private long rto(Incident incident) {
    return state
        .planInForce()
        .map(Plan::objectives)
        .flatMap(objectives -> Optional.ofNullable(objectives.get(incident.level())))
        .map(objective -> objective.rto())
        .map(Duration::toMillis)
        .orElse(0L);
  }
}
