package io.holdfast.collector.api;

import static io.holdfast.collector.api.RunningApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.ledger.EventHistory;
import io.holdfast.proto.v1.RecordedEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final World world = new World();
  private final EventFeed feed = new EventFeed(vertx, world);
  private long recorded;

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private void record(int events) {
    for (int i = 0; i < events; i++) {
      recorded++;
      world.record(
          Samples.event(recorded, Samples.WALL, new HostEvent.ServiceStarted("web_ui", recorded)));
    }
  }

  private <T> T onLoop(Supplier<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(run -> done.complete(action.get()));
    return await(done.future());
  }

  private Optional<EventFeed.Following> follow(long after, Reader reader) {
    return onLoop(() -> feed.follow(after, "", reader));
  }

  /** Takes so many events, and more after {@link #takeMore}. */
  private final class Reader implements EventFeed.Follower, WriteStream<RecordedEvent> {
    final BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private int room;
    private boolean gone;
    private Handler<Void> drained = nothing -> {};

    Reader(int room) {
      this.room = room;
    }

    void takeMore(int more) {
      context.runOnContext(
          run -> {
            room += more;
            drained.handle(null);
          });
    }

    List<Long> next(int count) {
      List<Long> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        events.add(poll(seen));
      }
      return events;
    }

    @Override
    public WriteStream<RecordedEvent> stream() {
      return this;
    }

    @Override
    public void fellBehind(long oldest) {
      ended.add("oldest is " + oldest);
    }

    long toldOldest() {
      return Long.parseLong(poll(ended).replace("oldest is ", ""));
    }

    @Override
    public void stopping() {
      ended.add("ended");
    }

    @Override
    public Future<Void> end() {
      throw new UnsupportedOperationException("a follower ends its own stream");
    }

    @Override
    public Future<Void> write(RecordedEvent event) {
      if (gone) {
        return Future.failedFuture("gone");
      }
      room--;
      seen.add(event.getPosition());
      return Future.succeededFuture();
    }

    @Override
    public boolean writeQueueFull() {
      return room <= 0;
    }

    @Override
    public WriteStream<RecordedEvent> drainHandler(Handler<Void> handler) {
      drained = handler;
      return this;
    }

    @Override
    public WriteStream<RecordedEvent> setWriteQueueMaxSize(int size) {
      return this;
    }

    @Override
    public WriteStream<RecordedEvent> exceptionHandler(Handler<Throwable> handler) {
      return this;
    }

    @Override
    public Optional<String> rejection() {
      return Optional.empty();
    }

    @Override
    public void reject(String why) {
      throw new AssertionError(why);
    }
  }

  private static <T> T poll(BlockingQueue<T> queue) {
    try {
      T item = queue.poll(10, TimeUnit.SECONDS);
      assertThat(item).as("something within ten seconds").isNotNull();
      return item;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sendsWhatFollowsThePositionAndThenEachNewEvent() {
    record(5);
    Reader reader = new Reader(100);
    follow(3, reader);
    assertThat(reader.next(2)).containsExactly(4L, 5L);

    record(2);
    assertThat(reader.next(2)).containsExactly(6L, 7L);
  }

  @Test
  void sendsThousandsInOrderWithoutHoldingTheLoop() {
    record(1_000);
    Reader reader = new Reader(2_000);
    follow(0, reader);

    assertThat(reader.next(1_000)).isSorted().doesNotHaveDuplicates().startsWith(1L);
  }

  @Test
  void keepsNothingForASlowReaderAndReadsOnFromItsPosition() {
    record(10);
    Reader reader = new Reader(4);
    follow(0, reader);
    assertThat(reader.next(4)).endsWith(4L);
    Reader quick = new Reader(100);
    follow(0, quick);
    assertThat(quick.next(10)).as("nobody waits for the slow one").endsWith(10L);
    assertThat(reader.seen).isEmpty();

    record(5);
    reader.takeMore(100);
    assertThat(reader.next(11)).startsWith(5L).endsWith(15L);
  }

  @Test
  void tellsAReaderThatFellBehindTheOldestEventFromWhereItCanGoOn() {
    record(10);
    Reader reader = new Reader(4);
    follow(0, reader);
    reader.next(4);
    record(2 * EventHistory.KEPT);

    // It is told as soon as it is so, while the last events are still being recorded.
    assertThat(reader.toldOldest()).isBetween(6L, world.read().state().history().oldest());
    reader.takeMore(100);
    record(1);
    onLoop(() -> "the loop has turned");
    assertThat(reader.seen).isEmpty();
  }

  @Test
  void sendsOnlyTheEventsOfTheHostAskedFor() {
    record(3);
    Reader other = new Reader(100);
    onLoop(() -> feed.follow(0, "trade-b", other));
    Reader reader = new Reader(100);
    onLoop(() -> feed.follow(0, "trade-a", reader));

    assertThat(reader.next(3)).containsExactly(1L, 2L, 3L);
    assertThat(other.seen).isEmpty();
  }

  @Test
  void refusesFollowersBeyondItsBoundUntilOneHasGone() {
    record(1);
    Reader leaving = new Reader(100);
    follow(0, leaving);
    for (int i = 1; i < EventFeed.FOLLOWERS_MAX; i++) {
      assertThat(follow(0, new Reader(100))).isPresent();
    }
    assertThat(follow(0, new Reader(100))).isEmpty();

    leaving.next(1);
    leaving.gone = true;
    record(1);
    awaitRoom();
  }

  private void awaitRoom() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (follow(0, new Reader(100)).isEmpty()) {
      assertThat(System.nanoTime()).as("waited for the gone one's place").isLessThan(deadline);
      await(vertx.timer(20));
    }
  }

  @Test
  void endsAllWhenItIsClosed() {
    Reader reader = new Reader(100);
    follow(0, reader);
    onLoop(
        () -> {
          feed.close();
          return "closed";
        });

    assertThat(poll(reader.ended)).isEqualTo("ended");
  }

  @Test
  void sendsNothingAfterItWasStopped() {
    Reader reader = new Reader(100);
    EventFeed.Following following = follow(0, reader).orElseThrow();
    Reader witness = new Reader(100);
    follow(0, witness);
    onLoop(
        () -> {
          following.stop();
          return "stopped";
        });
    record(1);

    assertThat(witness.next(1)).containsExactly(1L);
    assertThat(reader.seen).isEmpty();
  }
}
