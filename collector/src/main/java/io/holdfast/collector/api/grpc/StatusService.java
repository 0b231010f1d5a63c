package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.HistorySource;
import io.holdfast.collector.api.LedgerSource;
import io.holdfast.collector.api.NewestOnly;
import io.holdfast.collector.api.StatusFeed;
import io.holdfast.collector.api.StatusFeed.Watch;
import io.holdfast.collector.api.StatusSource;
import io.holdfast.proto.v1.GetHistoryRequest;
import io.holdfast.proto.v1.History;
import io.holdfast.proto.v1.StatusGrpcService;
import io.holdfast.proto.v1.SystemStatus;
import io.holdfast.wire.Role;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import io.vertx.grpc.server.StatusException;
import java.util.Optional;

/** The service {@code Status}. */
final class StatusService {
  private final StatusSource source;
  private final HistorySource history;
  private final LedgerSource ledger;
  private final StatusFeed feed;

  StatusService(OperatorApi.Ports ports, StatusFeed feed) {
    this.source = ports.status();
    this.history = ports.history();
    this.ledger = ports.ledger();
    this.feed = feed;
  }

  void bind(Calls calls) {
    calls.unary(
        StatusGrpcService.GetStatus,
        Role.VIEWER,
        (request, operator) -> Future.succeededFuture(source.status()));
    calls.unary(
        StatusGrpcService.GetHistory,
        Role.VIEWER,
        (request, operator) -> Future.succeededFuture(history(request)));
    calls.streaming(
        StatusGrpcService.WatchStatus, Role.VIEWER, (request, call) -> watch(calls, call));
  }

  private History history(GetHistoryRequest request) {
    Planned planned = new Planned(ledger.read().state().planInForce());
    planned.check(request.getHost(), request.getService());
    return history.history(request.getHost(), request.getService());
  }

  private void watch(Calls calls, GrpcServerRequest<?, SystemStatus> call) {
    GrpcServerResponse<?, SystemStatus> response = call.response();
    Watch watch =
        feed.watch(new Stream(calls, call))
            .orElseThrow(
                () ->
                    new StatusException(
                        GrpcStatus.RESOURCE_EXHAUSTED,
                        "too many callers watch this collector already; try again later"));
    response.exceptionHandler(gone -> watch.stop());
    call.exceptionHandler(gone -> watch.stop());
    call.errorHandler(gone -> watch.stop());
  }

  private static final class Stream implements StatusFeed.Watcher {
    private final Calls calls;
    private final GrpcServerRequest<?, SystemStatus> call;
    private final NewestOnly<SystemStatus> writer;

    Stream(Calls calls, GrpcServerRequest<?, SystemStatus> call) {
      this.calls = calls;
      this.call = call;
      this.writer = new NewestOnly<>(call.response());
    }

    @Override
    public Future<Void> next(SystemStatus status) {
      return writer.offer(status);
    }

    @Override
    public void end() {
      Calls.end(
          call,
          GrpcStatus.UNAVAILABLE,
          "this collector cannot tell the status any more; connect again");
    }

    @Override
    public Optional<String> rejection() {
      return calls.rejection(call);
    }

    @Override
    public void reject(String why) {
      Calls.end(call, GrpcStatus.PERMISSION_DENIED, why);
    }
  }
}
