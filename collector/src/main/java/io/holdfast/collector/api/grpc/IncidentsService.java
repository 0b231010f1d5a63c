package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.IncidentMessages;
import io.holdfast.collector.api.LedgerSource;
import io.holdfast.core.Moment;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.proto.v1.IncidentsGrpcService;
import io.holdfast.proto.v1.ListIncidentsRequest;
import io.holdfast.proto.v1.ListIncidentsResponse;
import io.holdfast.wire.Role;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The service {@code Incidents}. */
final class IncidentsService {
  private final LedgerSource ledger;
  private final Supplier<Moment> clock;

  IncidentsService(LedgerSource ledger, Supplier<Moment> clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  void bind(Calls calls) {
    calls.unary(
        IncidentsGrpcService.ListIncidents,
        Role.VIEWER,
        (request, operator) -> Future.succeededFuture(incidents(request)));
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
}
