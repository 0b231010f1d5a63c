package io.holdfast.collector.api;

import io.holdfast.core.agent.HostEvent.ServiceExited;
import io.holdfast.core.ledger.EventHistory;
import io.holdfast.core.ledger.RecordedEvent;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.proto.v1.LastExit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the process of each service ended last, as far as the ledger's history goes back: a service
 * that flaps does not crowd out the last words of another. It remembers how far it has looked.
 */
final class LastExits {
  private final Map<ServiceKey, RecordedEvent> newest = new HashMap<>();
  private long lookedUpTo;

  /** Looks at what this history has more. */
  synchronized LastExits upTo(EventHistory history) {
    if (history.total() < lookedUpTo) {
      newest.clear();
      lookedUpTo = 0;
    }
    List<RecordedEvent> added =
        history.newestFirst().takeWhile(event -> event.position() > lookedUpTo).toList();
    for (RecordedEvent event : added.reversed()) {
      if (event.recorded().event().event() instanceof ServiceExited exited) {
        newest.put(new ServiceKey(event.recorded().host(), exited.service()), event);
      }
    }
    // Names come from hosts: what the ledger has forgotten is forgotten here.
    newest.values().removeIf(event -> event.position() < history.oldest());
    lookedUpTo = history.total();
    return this;
  }

  /** The newest of that service; empty: none is known. */
  synchronized Optional<LastExit> of(ServiceKey service) {
    return Optional.ofNullable(newest.get(service))
        .map(
            event ->
                LastExit.newBuilder()
                    .setWallMillis(event.recorded().happenedWallMillis())
                    .setExited(EventMessages.toProto(event).getEvent().getServiceExited())
                    .build());
  }
}
