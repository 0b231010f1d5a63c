package io.holdfast.collector.api;

import io.holdfast.core.ledger.RecordedEvent;
import io.holdfast.wire.EventMapping;

/** The ledger's events as operators see them. */
public final class EventMessages {
  private EventMessages() {}

  /** As a message holds it. */
  public static io.holdfast.proto.v1.RecordedEvent toProto(RecordedEvent event) {
    return io.holdfast.proto.v1.RecordedEvent.newBuilder()
        .setPosition(event.position())
        .setHost(event.recorded().host())
        .setSpoolId(event.recorded().spoolId())
        .setEvent(EventMapping.toProto(event.recorded().event()))
        .setReceivedWallMillis(event.recorded().receivedWallMillis())
        .build();
  }
}
