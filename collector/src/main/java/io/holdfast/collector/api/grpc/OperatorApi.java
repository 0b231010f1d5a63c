package io.holdfast.collector.api.grpc;

import io.holdfast.collector.api.Feeds;
import io.holdfast.collector.api.HistorySource;
import io.holdfast.collector.api.LedgerSource;
import io.holdfast.collector.api.PlanSink;
import io.holdfast.collector.api.StatusSource;
import io.holdfast.core.Moment;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.function.Supplier;

/** The services of {@code holdfast.v1} on one gRPC server. */
public final class OperatorApi {
  /** Largest request, in bytes: a whole plan and its file name. */
  static final long MESSAGE_MAX = PlansService.TEXT_MAX + 64 * 1024L;

  private OperatorApi() {}

  /**
   * What the services ask.
   *
   * @param clock this collector's clocks
   */
  public record Ports(
      StatusSource status,
      HistorySource history,
      LedgerSource ledger,
      PlanSink plans,
      Supplier<Moment> clock) {}

  /** What answers gRPC calls on the event loop of {@code vertx}. */
  public static Handler<HttpServerRequest> handler(Vertx vertx, Ports ports, Feeds feeds) {
    GrpcServer server = GrpcServer.server(vertx, options());
    Calls calls = new Calls(vertx, server);
    new StatusService(ports, feeds.status()).bind(calls);
    new PlansService(ports.ledger(), ports.plans()).bind(calls);
    new IncidentsService(ports.ledger(), ports.clock()).bind(calls);
    new EventsService(vertx, ports.ledger(), feeds.events()).bind(calls);
    return server;
  }

  /** Plain gRPC alone: no browser can be talked into calling it. */
  private static GrpcServerOptions options() {
    return new GrpcServerOptions()
        .removeEnabledProtocol(GrpcProtocol.WEB)
        .removeEnabledProtocol(GrpcProtocol.WEB_TEXT)
        .removeEnabledProtocol(GrpcProtocol.TRANSCODING)
        .setMaxMessageSize(MESSAGE_MAX);
  }
}
