package io.holdfast.collector.api;

import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.RecordedEvent;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.wire.EventMapping;

/**
 * The ledger's events as operators see them: dated by the collector's clock, so that what several
 * hosts tell fits together although their clocks do not.
 */
public final class EventMessages {
  private EventMessages() {}

  /** As a message holds it. */
  public static io.holdfast.proto.v1.RecordedEvent toProto(RecordedEvent event) {
    return io.holdfast.proto.v1.RecordedEvent.newBuilder()
        .setPosition(event.position())
        .setHost(event.recorded().host())
        .setSpoolId(event.recorded().spoolId())
        .setEvent(dated(event.recorded()))
        .setReceivedWallMillis(event.recorded().receivedWallMillis())
        .build();
  }

  private static Event dated(EventRecorded recorded) {
    Event.Builder event = EventMapping.toProto(recorded.event()).toBuilder();
    long ahead = event.getWallMillis() - recorded.happenedWallMillis();
    event.setWallMillis(recorded.happenedWallMillis());
    if (event.hasVerdictChanged() && event.getVerdictChanged().getLastGoodAgoMillis() >= 0) {
      event
          .getVerdictChangedBuilder()
          .setLastGoodWallMillis(
              recorded.happenedWallMillis() - event.getVerdictChanged().getLastGoodAgoMillis());
    }
    if (event.hasEventsDropped()) {
      var dropped = event.getEventsDroppedBuilder();
      dropped.setFirstWallMillis(dropped.getFirstWallMillis() - ahead);
      dropped.setLastWallMillis(dropped.getLastWallMillis() - ahead);
    }
    return event.build();
  }
}
