package io.holdfast.collector.api.grpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.collector.api.Feeds;
import io.holdfast.collector.api.HistorySource;
import io.holdfast.collector.api.LedgerSource;
import io.holdfast.collector.api.PlanSink;
import io.holdfast.collector.api.Renewals;
import io.holdfast.collector.api.StatusSource;
import io.holdfast.collector.api.TrustSink;
import io.holdfast.collector.door.Visas;
import io.holdfast.core.Moment;
import io.holdfast.proto.v1.EnrolRequest;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services of {@code holdfast.v1} on one gRPC server. */
public final class OperatorApi {
  /** Largest request, in bytes: a whole plan and its file name. */
  static final long MESSAGE_MAX = PlansService.TEXT_MAX + 64 * 1024L;

  /** Largest request of any other method, in bytes. */
  static final long SMALL_MAX = 4 * 1024L;

  private OperatorApi() {}

  /**
   * What the services ask.
   *
   * @param visas whether callers' certificates are still good
   * @param clock this collector's clocks
   * @param serving whether this collector leads and its ledger takes what it decides
   */
  public record Ports(
      StatusSource status,
      HistorySource history,
      LedgerSource ledger,
      PlanSink plans,
      TrustSink trust,
      Renewals renewals,
      Visas visas,
      Supplier<Moment> clock,
      BooleanSupplier serving) {}

  /** What answers gRPC calls on the event loop of {@code vertx}. */
  public static Handler<HttpServerRequest> handler(Vertx vertx, Ports ports, Feeds feeds) {
    GrpcServer small = GrpcServer.server(vertx, options(SMALL_MAX));
    Calls calls = new Calls(vertx, small, SMALL_MAX, ports.visas());
    new StatusService(ports, feeds.status()).bind(calls);
    new PlansService(ports.ledger(), ports.plans()).bind(calls);
    new IncidentsService(ports.ledger(), ports.clock()).bind(calls);
    new EnrolmentService(ports.trust()).bind(calls);
    new CertificatesService(ports.ledger(), ports.trust(), ports.renewals(), ports.clock())
        .bind(calls);
    new EventsService(vertx, ports.ledger(), feeds.events()).bind(calls);
    List<ServiceDescriptor> services = new ArrayList<>(services());
    new HealthService(vertx, names(services), ports.serving()).bind(calls);
    services.add(HealthService.descriptor());
    services.add(ReflectionService.descriptor());
    new ReflectionService(services).bind(calls);
    GrpcServer large = GrpcServer.server(vertx, options(MESSAGE_MAX));
    new PlansService(ports.ledger(), ports.plans())
        .bind(new Calls(vertx, large, MESSAGE_MAX, ports.visas()));
    return new PlanUploads(small, large, ports.visas());
  }

  private static List<ServiceDescriptor> services() {
    return Stream.of(SystemStatus.getDescriptor(), EnrolRequest.getDescriptor())
        .flatMap(message -> message.getFile().getServices().stream())
        .toList();
  }

  private static Set<String> names(List<ServiceDescriptor> services) {
    return services.stream().map(ServiceDescriptor::getFullName).collect(Collectors.toSet());
  }

  /** Plain gRPC alone: no browser can be talked into calling it. */
  private static GrpcServerOptions options(long messageMax) {
    return new GrpcServerOptions()
        .removeEnabledProtocol(GrpcProtocol.WEB)
        .removeEnabledProtocol(GrpcProtocol.WEB_TEXT)
        .removeEnabledProtocol(GrpcProtocol.TRANSCODING)
        .setMaxMessageSize(messageMax);
  }
}
