package io.holdfast.collector.api;

import static io.holdfast.collector.api.RunningApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proto.v1.SystemStatus;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusFeedTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicInteger asked = new AtomicInteger();
  private final StatusFeed feed = new StatusFeed(vertx, this::status);
  private final BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private volatile boolean gone;
  private volatile boolean broken;

  private SystemStatus status() {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    return SystemStatus.newBuilder().setWallMillis(asked.incrementAndGet()).build();
  }

  private volatile Optional<String> rejection = Optional.empty();

  private final class Watcher implements StatusFeed.Watcher {
    @Override
    public Future<Void> next(SystemStatus status) {
      seen.add(status.getWallMillis());
      return gone ? Future.failedFuture("gone") : Future.succeededFuture();
    }

    @Override
    public void end() {
      ended.add("ended");
    }

    @Override
    public Optional<String> rejection() {
      return rejection;
    }

    @Override
    public void reject(String why) {
      ended.add(why);
    }
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private <T> T onLoop(Supplier<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(run -> done.complete(action.get()));
    return await(done.future());
  }

  @Test
  void repeatsAnUnchangedStatusEverySecondTime() throws Exception {
    onLoop(() -> feed.watch(new Watcher()));

    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(5);
  }

  @Test
  void asksNothingAnyMoreWhenTheLastWatcherIsGone() throws Exception {
    gone = true;
    onLoop(() -> feed.watch(new Watcher()));
    seen.clear();

    assertThat(seen.poll(3 * StatusFeed.PERIOD_MILLIS, TimeUnit.MILLISECONDS)).isNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void sendsItsWatchersAwayWhenTheStatusCannotBeTold() throws Exception {
    onLoop(() -> feed.watch(new Watcher()));
    broken = true;

    assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("ended");
  }

  @Test
  void refusesMoreWatchersThanItCanServe() {
    int admitted =
        onLoop(
            () -> {
              int count = 0;
              while (feed.watch(new Watcher()).isPresent()) {
                count++;
              }
              return count;
            });

    assertThat(admitted).isEqualTo(256);
  }

  @Test
  void givesASlowReaderOnlyTheNewest() {
    Pipe pipe = new Pipe();
    NewestOnly<String> newest = new NewestOnly<>(pipe);
    newest.offer("1");
    pipe.full = true;
    newest.offer("2");
    newest.offer("3");
    newest.offer("4");
    pipe.full = false;
    pipe.drain.handle(null);

    assertThat(pipe.written).containsExactly("1", "4");
  }

  /** A stream that is full when the test says so. */
  private static final class Pipe implements WriteStream<String> {
    private final List<String> written = new ArrayList<>();
    private boolean full;
    private Handler<Void> drain = drained -> {};

    @Override
    public Future<Void> write(String data) {
      written.add(data);
      return Future.succeededFuture();
    }

    @Override
    public WriteStream<String> drainHandler(Handler<Void> handler) {
      drain = handler;
      return this;
    }

    @Override
    public boolean writeQueueFull() {
      return full;
    }

    @Override
    public WriteStream<String> exceptionHandler(Handler<Throwable> handler) {
      return this;
    }

    @Override
    public Future<Void> end() {
      return Future.succeededFuture();
    }

    @Override
    public WriteStream<String> setWriteQueueMaxSize(int maxSize) {
      return this;
    }
  }

  @Test
  void whoMayWatchNoMoreIsToldWhy() throws Exception {
    onLoop(() -> feed.watch(new Watcher()));
    rejection = Optional.of("revoked by admin");
    assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("revoked by admin");
    assertThat(onLoop(feed::watchers)).isZero();
  }
}
