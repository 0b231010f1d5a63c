package io.holdfast.collector.api.grpc;

import static io.holdfast.collector.api.RunningApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.PlanSink;
import io.holdfast.collector.api.RunningApi;
import io.holdfast.collector.api.Samples;
import io.holdfast.collector.api.World;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.ledger.EventHistory;
import io.holdfast.proto.v1.EventsGrpcClient;
import io.holdfast.proto.v1.ListEventsRequest;
import io.holdfast.proto.v1.RecordedEvent;
import io.vertx.core.Future;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchEventsIT {
  /** The most that one collector serves at a time. */
  private static final int FOLLOWERS_MAX = 64;

  @TempDir private Path directory;
  private final World world = World.healthy("en");

  /** Fewer than the calls that a connection may have at once. */
  private static final int FOLLOWERS_ON_ONE_CONNECTION = 16;

  private RunningApi api;
  private long recorded;

  @BeforeEach
  void start() {
    PlanSink plans = (text, file, operator) -> Future.failedFuture("no plans here");
    api = new RunningApi(directory, world, world.view(), plans, false);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void record(int events) {
    for (int i = 0; i < events; i++) {
      recorded++;
      world.record(
          Samples.event(recorded, Samples.WALL, new HostEvent.ServiceStarted("web_ui", recorded)));
    }
  }

  /** One call and what came of it. */
  private final class Watch {
    final BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    final GrpcClientRequest<ListEventsRequest, RecordedEvent> request;
    final GrpcClientResponse<ListEventsRequest, RecordedEvent> response;

    Watch(GrpcClient client, long after, String host) {
      request = await(client.request(api.address(), EventsGrpcClient.WatchEvents));
      Future<GrpcClientResponse<ListEventsRequest, RecordedEvent>> answer =
          request
              .response()
              .onSuccess(
                  stream -> {
                    stream.handler(event -> seen.add(event.getPosition()));
                    stream.exceptionHandler(failure -> ended.add("failed"));
                    stream.endHandler(end -> ended.add(stream.status().name() + why(stream)));
                    stream.pause();
                  });
      request.end(ListEventsRequest.newBuilder().setAfter(after).setHost(host).build());
      response = await(answer);
    }

    /** Vert.x itself finds the message only where no event went before it. */
    private static String why(GrpcClientResponse<?, ?> stream) {
      String message = stream.trailers().get("grpc-message");
      return " "
          + (message == null
              ? stream.statusMessage()
              : URLDecoder.decode(message, StandardCharsets.UTF_8));
    }

    Watch read() {
      response.resume();
      return this;
    }

    List<Long> next(int count) {
      List<Long> positions = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        positions.add(poll(seen));
      }
      return positions;
    }
  }

  private Watch watch(long after) {
    return new Watch(grpc("operators/viewer"), after, "");
  }

  private GrpcClient grpc(String certificate) {
    return api.keep(
        GrpcClient.client(
            api.vertx, new GrpcClientOptions(), api.client(certificate, HttpVersion.HTTP_2)));
  }

  private static <T> T poll(BlockingQueue<T> queue) {
    try {
      T item = queue.poll(20, TimeUnit.SECONDS);
      assertThat(item).as("something in time").isNotNull();
      return item;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tellsWhatFollowsThePositionAndThenEachNewEvent() {
    record(3);
    Watch watch = watch(1).read();
    assertThat(watch.next(2)).containsExactly(2L, 3L);

    record(1);
    assertThat(watch.next(1)).containsExactly(4L);
  }

  @Test
  void answersAtOnceThoughThereIsNoEventAndEndsWithTheServer() {
    Watch watch = watch(0).read();
    assertThat(watch.seen).isEmpty();

    api.stop();
    assertThat(poll(watch.ended)).isNotNull();
  }

  @Test
  void tellsOnlyTheEventsOfTheHostAskedFor() {
    Watch other = new Watch(grpc("operators/viewer"), 0, "trade-b").read();
    Watch own = new Watch(grpc("operators/viewer"), 0, "trade-a").read();
    record(2);

    assertThat(own.next(2)).containsExactly(1L, 2L);
    assertThat(other.seen).isEmpty();
  }

  @Test
  void refusesACallerWithoutTheRole() {
    assertThat(poll(new Watch(grpc("hosts/trade-a"), 0, "").read().ended))
        .startsWith("PERMISSION_DENIED");
    assertThat(poll(new Watch(grpc(""), 0, "").read().ended)).startsWith("UNAUTHENTICATED");
  }

  @Test
  void refusesPositionsOutOfRangeAndSaysWhichAreAllowed() {
    record(3);
    assertThat(poll(watch(-1).read().ended)).startsWith("INVALID_ARGUMENT").contains("0 or more");
    assertThat(poll(watch(4).read().ended)).startsWith("OUT_OF_RANGE").contains("0 to 3");

    record(2 * EventHistory.KEPT);
    long oldest = world.read().state().history().oldest();
    assertThat(poll(watch(3).read().ended))
        .startsWith("OUT_OF_RANGE")
        .contains("go on after position " + (oldest - 1));
    assertThat(watch(oldest - 1).read().next(1)).containsExactly(oldest);
  }

  @Test
  void leavesASlowReaderItsTimeAndTellsItWhenItFellBehind() {
    record(6_000);
    Watch slow = watch(0);
    Watch quick = watch(0).read();
    assertThat(quick.next(6_000)).endsWith(6_000L);
    slow.read();
    assertThat(slow.next(6_000)).as("nothing is lost by being slow").isSorted().endsWith(6_000L);
    slow.response.pause();

    record(6_000);
    assertThat(quick.next(6_000)).endsWith(12_000L);
    record(2 * EventHistory.KEPT);
    slow.read();

    String told = poll(slow.ended);
    assertThat(told).startsWith("OUT_OF_RANGE").contains("go on after position ");
    List<Long> read = new ArrayList<>(slow.seen);
    assertThat(read).isSorted().doesNotHaveDuplicates().startsWith(6_001L);
    assertThat(read.size()).as("not kept for the reader in the collector").isLessThan(6_000);
    // It is told as soon as it is so, while the last events are still being recorded.
    assertThat(Long.parseLong(told.replaceAll(".* ", "")))
        .isBetween(read.getLast() + 1, world.read().state().history().oldest() - 1);
  }

  @Test
  void servesABoundedNumberAtATimeAndGivesThePlaceOfOneThatHungUpToTheNext() {
    record(1);
    GrpcClient client = grpc("operators/viewer");
    List<Watch> watches = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS_MAX; i++) {
      if (i % FOLLOWERS_ON_ONE_CONNECTION == 0) {
        client = grpc("operators/viewer");
      }
      watches.add(new Watch(client, 0, "").read());
    }
    watches.forEach(watch -> assertThat(watch.next(1)).containsExactly(1L));
    assertThat(poll(new Watch(client, 0, "").read().ended)).startsWith("RESOURCE_EXHAUSTED");

    watches.getFirst().request.cancel();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Watch next = new Watch(client, 0, "").read();
    while (next.seen.isEmpty()) {
      if (!next.ended.isEmpty()) {
        next = new Watch(client, 0, "").read();
      }
      assertThat(System.nanoTime()).as("waited for the free place").isLessThan(deadline);
      await(api.vertx.timer(50));
    }
  }
}
