package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.EventMessages;
import io.holdfast.collector.api.IncidentMessages;
import io.holdfast.collector.api.LedgerSource;
import io.holdfast.core.Moment;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.EventHistory;
import io.holdfast.proto.v1.EventsGrpcService;
import io.holdfast.proto.v1.IncidentsGrpcService;
import io.holdfast.proto.v1.ListEventsRequest;
import io.holdfast.proto.v1.ListEventsResponse;
import io.holdfast.proto.v1.ListIncidentsRequest;
import io.holdfast.proto.v1.ListIncidentsResponse;
import io.holdfast.wire.Role;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The services {@code Incidents} and {@code Events}: what the ledger keeps of the past. */
final class HistoryService {
  private final LedgerSource ledger;
  private final Supplier<Moment> clock;

  HistoryService(LedgerSource ledger, Supplier<Moment> clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  void bind(Calls calls) {
    calls.unary(
        IncidentsGrpcService.ListIncidents,
        Role.VIEWER,
        (request, operator) -> Future.succeededFuture(incidents(request)));
    calls.unary(
        EventsGrpcService.ListEvents,
        Role.VIEWER,
        (request, operator) -> Future.succeededFuture(events(request)));
  }

  private ListIncidentsResponse incidents(ListIncidentsRequest request) {
    int count = Limits.count(request.getLimit());
    ClusterState state = ledger.read().state();
    ListIncidentsResponse.Builder response = ListIncidentsResponse.newBuilder();
    state.planInForce().ifPresent(plan -> response.setTimezone(plan.system().timezone()));
    new IncidentMessages(state, clock.get().wallMillis())
        .newestFirst(request.getOpenOnly())
        .limit(count)
        .forEach(response::addIncidents);
    return response.build();
  }

  private ListEventsResponse events(ListEventsRequest request) {
    int count = Limits.count(request.getLimit());
    long after = Limits.position(request.getAfter());
    EventHistory history = ledger.read().state().history();
    ListEventsResponse.Builder response =
        ListEventsResponse.newBuilder().setOldest(history.oldest());
    history
        .after(after)
        .filter(
            event ->
                request.getHost().isEmpty() || event.recorded().host().equals(request.getHost()))
        .limit(count)
        .map(EventMessages::toProto)
        .forEach(response::addEvents);
    return response.build();
  }
}
