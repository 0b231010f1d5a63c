package io.holdfast.collector.api.grpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.collector.api.NewestOnly;
import io.holdfast.wire.Role;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthListRequest;
import io.vertx.grpc.health.v1.HealthListResponse;
import io.vertx.grpc.health.v1.HealthProto;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.StatusException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The service {@code grpc.health.v1.Health}: SERVING while this collector can decide and record.
 *
 * <p>Anybody may check, also without a certificate: a load balancer has none, and learns no more
 * than whether the port does its work. A watch holds a stream, so it needs the role viewer.
 */
final class HealthService {
  private static final ServiceName NAME = ServiceName.create("grpc.health.v1.Health");

  /** How soon a watcher learns of a change, in milliseconds. */
  private static final long PERIOD_MILLIS = 500;

  /** Watchers beyond this many are refused. */
  private static final int WATCHERS_MAX = 256;

  private final Vertx vertx;
  private final Set<String> names;
  private final BooleanSupplier serving;
  private int watchers;

  /**
   * Tells the health of these services, and of all together under the empty name.
   *
   * @param serving asked on the event loop: it must not block
   */
  HealthService(Vertx vertx, Set<String> services, BooleanSupplier serving) {
    this.vertx = vertx;
    this.names = new HashSet<>(services);
    this.names.add("");
    this.serving = serving;
  }

  /** What this service is itself. */
  static ServiceDescriptor descriptor() {
    return HealthProto.getDescriptor().getServices().getFirst();
  }

  void bind(Calls calls) {
    calls.open(
        ServiceMethod.server(
            NAME,
            "Check",
            GrpcMessageEncoder.encoder(),
            GrpcMessageDecoder.decoder(HealthCheckRequest.getDefaultInstance())),
        this::check);
    calls.open(
        ServiceMethod.server(
            NAME,
            "List",
            GrpcMessageEncoder.encoder(),
            GrpcMessageDecoder.decoder(HealthListRequest.getDefaultInstance())),
        request -> list());
    calls.streaming(
        ServiceMethod.server(
            NAME,
            "Watch",
            GrpcMessageEncoder.encoder(),
            GrpcMessageDecoder.decoder(HealthCheckRequest.getDefaultInstance())),
        Role.VIEWER,
        (HealthCheckRequest request, GrpcServerRequest<?, HealthCheckResponse> call) ->
            watch(calls, request.getService(), call));
  }

  private HealthCheckResponse check(HealthCheckRequest request) {
    ServingStatus status = status(request.getService());
    if (status == ServingStatus.SERVICE_UNKNOWN) {
      throw new StatusException(
          GrpcStatus.NOT_FOUND,
          "there is no such service here; there are: " + String.join(", ", names).strip());
    }
    return message(status);
  }

  private HealthListResponse list() {
    HealthListResponse.Builder list = HealthListResponse.newBuilder();
    names.forEach(name -> list.putStatuses(name, message(status(name))));
    return list.build();
  }

  private ServingStatus status(String service) {
    if (!names.contains(service)) {
      return ServingStatus.SERVICE_UNKNOWN;
    }
    return serving.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }

  private static HealthCheckResponse message(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }

  private void watch(Calls calls, String service, GrpcServerRequest<?, HealthCheckResponse> call) {
    if (watchers >= WATCHERS_MAX) {
      throw new StatusException(
          GrpcStatus.RESOURCE_EXHAUSTED,
          "too many callers watch this collector's health already; try again later");
    }
    watchers++;
    Watch watch = new Watch(calls, call, service, new KeepAlive(vertx, call.connection()));
    call.response().exceptionHandler(gone -> watch.stop());
    call.exceptionHandler(gone -> watch.stop());
    call.errorHandler(gone -> watch.stop());
    watch.tell();
  }

  /** Tells one caller each change. */
  private final class Watch {
    private final Calls calls;
    private final GrpcServerRequest<?, HealthCheckResponse> call;
    private final String service;
    private final NewestOnly<HealthCheckResponse> writer;
    private final KeepAlive keepAlive;
    private final long timer;
    private Optional<ServingStatus> told = Optional.empty();
    private boolean stopped;

    Watch(
        Calls calls,
        GrpcServerRequest<?, HealthCheckResponse> call,
        String service,
        KeepAlive keepAlive) {
      this.calls = calls;
      this.call = call;
      this.service = service;
      this.keepAlive = keepAlive;
      this.writer = new NewestOnly<>(call.response());
      this.timer = vertx.setPeriodic(PERIOD_MILLIS, tick -> tell());
    }

    void tell() {
      Optional<String> rejection = calls.rejection(call);
      if (rejection.isPresent()) {
        stop();
        Calls.end(call, GrpcStatus.PERMISSION_DENIED, rejection.get());
        return;
      }
      Optional<ServingStatus> now = Optional.of(status(service));
      if (!now.equals(told)) {
        told = now;
        writer.offer(message(now.get())).onFailure(gone -> stop());
      }
    }

    void stop() {
      if (!stopped) {
        stopped = true;
        watchers--;
        keepAlive.stop();
        vertx.cancelTimer(timer);
      }
    }
  }
}
