package io.holdfast.collector.ledger.record;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.EventHistory;
import io.holdfast.core.ledger.Incident;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.ledger.ServiceState;
import io.holdfast.core.ledger.SpoolKey;
import io.holdfast.core.ledger.SpoolPosition;
import io.holdfast.proto.ledger.v1.Snapshot;
import io.holdfast.wire.WireException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A whole {@link ClusterState} as a snapshot holds it. */
public final class SnapshotCodec {
  private final RecordMapping mapping;

  /** Reads the plan of a snapshot with {@code parser}. */
  public SnapshotCodec(PlanParser parser) {
    this.mapping = new RecordMapping(parser);
  }

  /** The bytes of {@code state} as it was after the entry at {@code index} of {@code term}. */
  public byte[] encode(ClusterState state, long term, long index) {
    Snapshot.Builder snapshot =
        Snapshot.newBuilder()
            .setLevel(state.trust().isEmpty() ? EntryCodec.FIRST_LEVEL : TrustMapping.LEVEL)
            .setAppliedTerm(term)
            .setAppliedIndex(index)
            .setOldestPosition(state.history().oldest())
            .setIncidentsTotal(state.incidentsTotal());
    state.plan().ifPresent(plan -> snapshot.setPlan(mapping.plan(plan)));
    state.spools().forEach((key, spool) -> snapshot.addSpools(spool(key, spool)));
    state.services().forEach((key, last) -> snapshot.addServices(ServiceMapping.to(key, last)));
    state.incidents().values().forEach(each -> snapshot.addIncidents(incident(each)));
    state
        .history()
        .after(0)
        .forEach(event -> snapshot.addRecentEvents(RecordMapping.event(event.recorded())));
    if (!state.trust().isEmpty()) {
      snapshot.setTrust(TrustMapping.to(state.trust()));
    }
    return snapshot.build().toByteArray();
  }

  /**
   * The state that a snapshot holds.
   *
   * @param term of the entry after which the caller believes that it was taken
   * @param index of that entry
   * @throws UpgradeNeededException when a newer build wrote it
   * @throws IllegalArgumentException when it is no snapshot, or one of another entry
   */
  public ClusterState decode(byte[] bytes, long term, long index) {
    Snapshot snapshot = parse(bytes);
    EntryCodec.checkLevel(snapshot.getLevel(), "a snapshot");
    if (snapshot.getAppliedTerm() != term || snapshot.getAppliedIndex() != index) {
      throw new IllegalArgumentException(
          "its name says index %d of term %d, its content index %d of term %d"
              .formatted(index, term, snapshot.getAppliedIndex(), snapshot.getAppliedTerm()));
    }
    return new ClusterState(
        snapshot.hasPlan() ? Optional.of(mapping.plan(snapshot.getPlan())) : Optional.empty(),
        spools(snapshot),
        services(snapshot),
        incidents(snapshot),
        snapshot.getIncidentsTotal(),
        EventHistory.of(
            snapshot.getOldestPosition(),
            snapshot.getRecentEventsList().stream().map(RecordMapping::event).toList()),
        TrustMapping.from(snapshot.getTrust()));
  }

  private static Snapshot parse(byte[] bytes) {
    try {
      return Snapshot.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a snapshot: " + e.getMessage(), e);
    }
  }

  private static io.holdfast.proto.ledger.v1.Spool spool(SpoolKey key, SpoolPosition spool) {
    return io.holdfast.proto.ledger.v1.Spool.newBuilder()
        .setHost(key.host())
        .setSpoolId(key.spoolId())
        .setLastSequence(spool.lastSequence())
        .setEvents(spool.events())
        .setLastPosition(spool.lastPosition())
        .build();
  }

  private static SortedMap<SpoolKey, SpoolPosition> spools(Snapshot snapshot) {
    SortedMap<SpoolKey, SpoolPosition> spools = new TreeMap<>();
    for (var spool : snapshot.getSpoolsList()) {
      spools.put(
          new SpoolKey(spool.getHost(), spool.getSpoolId()),
          new SpoolPosition(spool.getLastSequence(), spool.getEvents(), spool.getLastPosition()));
    }
    return spools;
  }

  private static SortedMap<ServiceKey, ServiceState> services(Snapshot snapshot) {
    SortedMap<ServiceKey, ServiceState> services = new TreeMap<>();
    for (var service : snapshot.getServicesList()) {
      try {
        Map.Entry<ServiceKey, ServiceState> entry = ServiceMapping.from(service);
        services.put(entry.getKey(), entry.getValue());
      } catch (WireException e) {
        throw new UpgradeNeededException("the service " + service.getService(), e);
      }
    }
    return services;
  }

  private static io.holdfast.proto.ledger.v1.Incident incident(Incident incident) {
    io.holdfast.proto.ledger.v1.Incident.Builder message =
        io.holdfast.proto.ledger.v1.Incident.newBuilder()
            .setOpened(RecordMapping.opened(incident.opened()))
            .setLevel(incident.level().name());
    incident.ended().ifPresent(ended -> message.setEnded(RecordMapping.ended(ended)));
    return message.build();
  }

  private static SortedMap<String, Incident> incidents(Snapshot snapshot) {
    SortedMap<String, Incident> incidents = new TreeMap<>();
    for (var incident : snapshot.getIncidentsList()) {
      incidents.put(
          incident.getOpened().getId(),
          new Incident(
              RecordMapping.opened(incident.getOpened()),
              RecordMapping.level(incident.getLevel()),
              incident.hasEnded()
                  ? Optional.of(RecordMapping.ended(incident.getEnded()))
                  : Optional.empty()));
    }
    return incidents;
  }
}
