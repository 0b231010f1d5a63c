package io.holdfast.demo.stage;

import io.holdfast.proto.v1.ApplyPlanRequest;
import io.holdfast.proto.v1.ApplyPlanResponse;
import io.holdfast.proto.v1.EventsGrpcClient;
import io.holdfast.proto.v1.GetPlanRequest;
import io.holdfast.proto.v1.GetStatusRequest;
import io.holdfast.proto.v1.ListEventsRequest;
import io.holdfast.proto.v1.Plan;
import io.holdfast.proto.v1.PlansGrpcClient;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.StatusGrpcClient;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.streams.ReadStream;
import io.vertx.grpc.client.GrpcClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Holdfast's own answers, asked of the collector's API with an operator's certificate. */
final class HoldfastApi implements AutoCloseable {

  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Duration STALE = Duration.ofSeconds(3);
  private static final long RETRY_MILLIS = 200;
  private static final int PAGE = 1000;

  private final Vertx vertx;
  private final StatusGrpcClient status;
  private final PlansGrpcClient plans;
  private final EventsGrpcClient events;
  private volatile @Nullable Received latest;
  private volatile boolean closed;

  private record Received(SystemStatus status, long nanos) {}

  /** Begins to watch the status at once, and again whenever the stream breaks. */
  HoldfastApi(Path pki, String address, int port) {
    // No cache of files: it would leave a folder behind when the demo is killed.
    var noCache =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setFileSystemOptions(noCache));
    GrpcClient client = GrpcClient.client(vertx, options(pki));
    SocketAddress server = SocketAddress.inetSocketAddress(port, address);
    status = StatusGrpcClient.create(client, server);
    plans = PlansGrpcClient.create(client, server);
    events = EventsGrpcClient.create(client, server);
    watch();
  }

  private static HttpClientOptions options(Path pki) {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setConnectTimeout(2000)
        .setSsl(true)
        .setUseAlpn(true)
        .setVerifyHost(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(pki.resolve("ca.crt").toString()))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(pki.resolve("operators/operator.crt").toString())
                .addKeyPath(pki.resolve("operators/operator.key").toString()));
  }

  /** The newest status that was pushed. */
  SystemStatus status() {
    Received now = latest;
    if (now == null) {
      throw StageException.failed("the collector has not sent its status yet");
    }
    long age = System.nanoTime() - now.nanos();
    if (age > STALE.toNanos()) {
      throw StageException.failed(
          "the collector has been silent for " + TimeUnit.NANOSECONDS.toSeconds(age) + " s");
    }
    return now.status();
  }

  ApplyPlanResponse applyPlan(String text, String fileName) throws InterruptedException {
    return await(
        plans.applyPlan(ApplyPlanRequest.newBuilder().setText(text).setFileName(fileName).build()));
  }

  Plan plan() throws InterruptedException {
    return await(plans.getPlan(GetPlanRequest.getDefaultInstance()));
  }

  List<RecordedEvent> eventsAfter(long position) throws InterruptedException {
    var all = new ArrayList<RecordedEvent>();
    long after = position;
    while (true) {
      var request = ListEventsRequest.newBuilder().setAfter(after).setLimit(PAGE).build();
      List<RecordedEvent> page = await(events.listEvents(request)).getEventsList();
      all.addAll(page);
      if (page.size() < PAGE) {
        return all;
      }
      after = page.getLast().getPosition();
    }
  }

  @Override
  public void close() {
    closed = true;
    var unused = vertx.close();
  }

  private void watch() {
    if (closed) {
      return;
    }
    var over = new AtomicBoolean();
    status
        .watchStatus(GetStatusRequest.getDefaultInstance())
        .onSuccess(stream -> listen(stream, over))
        .onFailure(refused -> again(over));
  }

  private void listen(ReadStream<SystemStatus> stream, AtomicBoolean over) {
    stream
        .handler(update -> latest = new Received(update, System.nanoTime()))
        .exceptionHandler(broken -> again(over))
        .endHandler(end -> again(over));
  }

  /** A stream may say twice that it is over. */
  private void again(AtomicBoolean over) {
    if (over.compareAndSet(false, true) && !closed) {
      vertx.setTimer(RETRY_MILLIS, timer -> watch());
    }
  }

  private static <T> T await(Future<T> answer) throws InterruptedException {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(CALL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw StageException.failed(
          "the collector did not answer within " + CALL.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw StageException.failed("the collector's answer: " + cause.getMessage(), e);
    }
  }
}
