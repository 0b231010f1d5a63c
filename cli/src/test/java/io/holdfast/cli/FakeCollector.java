package io.holdfast.cli;

import io.holdfast.proto.v1.ApplyPlanRequest;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.EventsGrpcService;
import io.holdfast.proto.v1.EventsService;
import io.holdfast.proto.v1.GetPlanRequest;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.IncidentsGrpcService;
import io.holdfast.proto.v1.IncidentsService;
import io.holdfast.proto.v1.ListEventsRequest;
import io.holdfast.proto.v1.ListEventsResponse;
import io.holdfast.proto.v1.ListIncidentsRequest;
import io.holdfast.proto.v1.ListIncidentsResponse;
import io.holdfast.proto.v1.Plan;
import io.holdfast.proto.v1.PlansGrpcService;
import io.holdfast.proto.v1.PlansService;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.StatusGrpcService;
import io.holdfast.proto.v1.StatusService;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.streams.WriteStream;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.StatusException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A collector's API over mTLS that answers what a test tells it to. */
final class FakeCollector implements AutoCloseable {
  private static final long SECONDS = 10;

  static {
    // Netty loads it at the first connection, on the event loop: on a busy machine for longer than
    // the command waits for an answer.
    new BouncyCastleProvider();
  }

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  final AtomicInteger applied = new AtomicInteger();

  volatile SystemStatus status = SystemStatus.getDefaultInstance();
  volatile ListIncidentsResponse incidents = ListIncidentsResponse.getDefaultInstance();
  volatile Optional<Plan> plan = Optional.empty();
  volatile ApplyPlanResponse applyAnswer = ApplyPlanResponse.getDefaultInstance();
  volatile Optional<StatusException> refusal = Optional.empty();
  volatile boolean silent;
  final List<RecordedEvent> events = new CopyOnWriteArrayList<>();
  volatile long oldest = 1;
  final CountDownLatch pinged = new CountDownLatch(1);
  volatile ListIncidentsRequest lastIncidents = ListIncidentsRequest.getDefaultInstance();

  /** Listens with the certificate {@code collectors/NAME} of {@code pki}, on a free port. */
  FakeCollector(Path pki, String name) throws Exception {
    this(pki, name, 0);
  }

  FakeCollector(Path pki, String name, int port) throws Exception {
    GrpcServer grpc = GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(4L << 20));
    grpc.addService(StatusGrpcService.of(new Statuses()));
    grpc.addService(PlansGrpcService.of(new Plans()));
    grpc.addService(IncidentsGrpcService.of(new Incidents()));
    grpc.addService(EventsGrpcService.of(new Events()));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setSsl(true)
            .setUseAlpn(true)
            .setClientAuth(ClientAuth.REQUIRED)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(pki.resolve("collectors/" + name + ".crt").toString())
                    .setKeyPath(pki.resolve("collectors/" + name + ".key").toString()))
            .setTrustOptions(new PemTrustOptions().addCertPath(pki.resolve("ca.crt").toString()));
    server =
        await(
            vertx
                .createHttpServer(options)
                .connectionHandler(caller -> caller.pingHandler(ping -> pinged.countDown()))
                .requestHandler(grpc)
                .listen());
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  private <T> Future<T> answer(T value) {
    if (silent) {
      return Future.future(never -> {});
    }
    return refusal.<Future<T>>map(Future::failedFuture).orElse(Future.succeededFuture(value));
  }

  private final class Statuses extends StatusService {
    @Override
    public Future<SystemStatus> getStatus(GetStatusRequest request) {
      return answer(status);
    }

    @Override
    protected void watchStatus(GetStatusRequest request, WriteStream<SystemStatus> response) {
      long timer = vertx.setPeriodic(1, 20, tick -> response.write(status));
      response.exceptionHandler(gone -> vertx.cancelTimer(timer));
    }
  }

  private final class Plans extends PlansService {
    @Override
    public Future<ApplyPlanResponse> applyPlan(ApplyPlanRequest request) {
      applied.incrementAndGet();
      return answer(applyAnswer);
    }

    @Override
    public Future<Plan> getPlan(GetPlanRequest request) {
      return plan.isPresent()
          ? answer(plan.get())
          : Future.failedFuture(new StatusException(GrpcStatus.NOT_FOUND, "no plan yet"));
    }
  }

  private final class Events extends EventsService {
    @Override
    public Future<ListEventsResponse> listEvents(ListEventsRequest request) {
      return answer(
          ListEventsResponse.newBuilder()
              .addAllEvents(after(request.getAfter(), request).limit(request.getLimit()).toList())
              .setOldest(oldest)
              .build());
    }

    @Override
    protected void watchEvents(ListEventsRequest request, WriteStream<RecordedEvent> response) {
      AtomicLong last = new AtomicLong(request.getAfter());
      long timer =
          vertx.setPeriodic(
              1,
              20,
              tick ->
                  after(last.get(), request)
                      .forEach(
                          event -> {
                            last.set(event.getPosition());
                            response.write(event);
                          }));
      response.exceptionHandler(gone -> vertx.cancelTimer(timer));
    }

    private Stream<RecordedEvent> after(long position, ListEventsRequest request) {
      return events.stream()
          .filter(event -> event.getPosition() > position)
          .filter(
              event -> request.getHost().isEmpty() || event.getHost().equals(request.getHost()));
    }
  }

  private final class Incidents extends IncidentsService {
    @Override
    public Future<ListIncidentsResponse> listIncidents(ListIncidentsRequest request) {
      lastIncidents = request;
      return answer(incidents);
    }
  }
}
