package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.EventFeed;
import io.holdfast.collector.api.EventFeed.Following;
import io.holdfast.collector.api.EventMessages;
import io.holdfast.collector.api.LedgerSource;
import io.holdfast.core.ledger.EventHistory;
import io.holdfast.proto.v1.EventsGrpcService;
import io.holdfast.proto.v1.ListEventsRequest;
import io.holdfast.proto.v1.ListEventsResponse;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.wire.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.streams.WriteStream;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.StatusException;
import java.util.Optional;

/** The service {@code Events}. */
final class EventsService {
  private final Vertx vertx;
  private final LedgerSource ledger;
  private final EventFeed feed;

  EventsService(Vertx vertx, LedgerSource ledger, EventFeed feed) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.feed = feed;
  }

  void bind(Calls calls) {
    calls.unary(
        EventsGrpcService.ListEvents,
        Role.VIEWER,
        (request, operator) -> Future.succeededFuture(list(request)));
    calls.streaming(
        EventsGrpcService.WatchEvents, Role.VIEWER, (request, call) -> watch(calls, request, call));
  }

  private ListEventsResponse list(ListEventsRequest request) {
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

  private void watch(
      Calls calls, ListEventsRequest request, GrpcServerRequest<?, RecordedEvent> call) {
    EventHistory history = ledger.read().state().history();
    long after = beginning(Limits.position(request.getAfter()), history);
    Stream stream = new Stream(calls, call, new KeepAlive(vertx, call.connection()));
    Optional<Following> following = feed.follow(after, request.getHost(), stream);
    if (following.isEmpty()) {
      stream.end(
          GrpcStatus.RESOURCE_EXHAUSTED,
          "too many callers follow the events already; try again later");
      return;
    }
    // Without an event the caller would not learn that its call was taken.
    call.response().writeHead();
    Runnable gone =
        () -> {
          stream.keepAlive().stop();
          following.get().stop();
        };
    call.response().exceptionHandler(failure -> gone.run());
    call.exceptionHandler(failure -> gone.run());
    call.errorHandler(failure -> gone.run());
  }

  private static long beginning(long after, EventHistory history) {
    if (after == 0) {
      return history.oldest() - 1;
    }
    if (after < history.oldest() - 1) {
      throw new StatusException(GrpcStatus.OUT_OF_RANGE, notKept(history.oldest()));
    }
    if (after > history.total()) {
      throw new StatusException(
          GrpcStatus.OUT_OF_RANGE,
          "the newest event has position "
              + history.total()
              + "; allowed after: "
              + (history.oldest() - 1)
              + " to "
              + history.total());
    }
    return after;
  }

  private static String notKept(long oldest) {
    return "events that follow are not kept any more; go on after position " + (oldest - 1);
  }

  private record Stream(Calls calls, GrpcServerRequest<?, RecordedEvent> call, KeepAlive keepAlive)
      implements EventFeed.Follower {

    @Override
    public WriteStream<RecordedEvent> stream() {
      return call.response();
    }

    @Override
    public void fellBehind(long oldest) {
      end(GrpcStatus.OUT_OF_RANGE, notKept(oldest));
    }

    @Override
    public void stopping() {
      end(GrpcStatus.UNAVAILABLE, "this collector stops; connect again");
    }

    @Override
    public Optional<String> rejection() {
      return calls.rejection(call);
    }

    @Override
    public void reject(String why) {
      end(GrpcStatus.PERMISSION_DENIED, why);
    }

    private void end(GrpcStatus status, String message) {
      keepAlive.stop();
      Calls.end(call, status, message);
    }
  }
}
