package io.holdfast.collector.api;

import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the status to all who watch: at once, then when it changes, at most twice and at least once
 * a second. While nobody watches nothing is computed. Used on one event loop.
 */
public final class StatusFeed {
  /** Shortest time between two, in milliseconds. */
  static final long PERIOD_MILLIS = 500;

  /** An unchanged status is repeated after this many periods. */
  private static final int REPEAT = 2;

  /** Watchers beyond this many are refused. */
  private static final int WATCHERS_MAX = 256;

  private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);

  private final Vertx vertx;
  private final StatusSource source;
  private final Map<Long, Watcher> watchers = new LinkedHashMap<>();
  private long nextId;
  private Optional<Long> timer = Optional.empty();
  private SystemStatus lastSent = SystemStatus.getDefaultInstance();
  private int quiet;

  /** A feed that asks {@code source}. */
  public StatusFeed(Vertx vertx, StatusSource source) {
    this.vertx = vertx;
    this.source = source;
  }

  /** One who watches. */
  public interface Watcher {
    /**
     * A status; the same instance goes to all.
     *
     * @return fails when the watcher is gone: its watch ends
     */
    Future<Void> next(SystemStatus status);

    /** The collector stops, or the status cannot be told: end the stream. */
    void end();

    /** Why it may watch no more; empty: it may. Asked twice a second. */
    Optional<String> rejection();

    /** It may watch no more: end the stream. */
    void reject(String why);
  }

  /** Ends a watch; harmless when it has ended. */
  public interface Watch {
    /** Ends it. */
    void stop();
  }

  /**
   * Begins a watch, which gets its first status before this returns.
   *
   * @return empty: there are too many watchers already
   */
  public Optional<Watch> watch(Watcher watcher) {
    if (watchers.size() >= WATCHERS_MAX) {
      return Optional.empty();
    }
    long id = nextId++;
    SystemStatus status = source.status();
    watchers.put(id, watcher);
    if (timer.isEmpty()) {
      timer = Optional.of(vertx.setPeriodic(PERIOD_MILLIS, tick -> tick()));
      lastSent = status;
      quiet = 0;
    }
    send(id, watcher, status);
    return Optional.of(() -> stop(id));
  }

  /** How many watch. */
  public int watchers() {
    return watchers.size();
  }

  /** Ends all watches. */
  public void close() {
    Map<Long, Watcher> ending = Map.copyOf(watchers);
    watchers.clear();
    cancelWhenUnwatched();
    ending.values().forEach(Watcher::end);
  }

  private void stop(long id) {
    watchers.remove(id);
    cancelWhenUnwatched();
  }

  private void cancelWhenUnwatched() {
    if (watchers.isEmpty()) {
      timer.ifPresent(vertx::cancelTimer);
      timer = Optional.empty();
    }
  }

  private void tick() {
    Map.copyOf(watchers)
        .forEach(
            (id, watcher) ->
                watcher
                    .rejection()
                    .ifPresent(
                        why -> {
                          stop(id);
                          watcher.reject(why);
                        }));
    if (watchers.isEmpty()) {
      return;
    }
    SystemStatus status;
    try {
      status = source.status();
    } catch (RuntimeException e) {
      LOG.error("the status cannot be told; its watchers are sent away", e);
      close();
      return;
    }
    quiet++;
    if (quiet >= REPEAT || !sameButForTime(status, lastSent)) {
      quiet = 0;
      lastSent = status;
      Map.copyOf(watchers).forEach((id, watcher) -> send(id, watcher, status));
    }
  }

  private void send(long id, Watcher watcher, SystemStatus status) {
    watcher.next(status).onFailure(gone -> stop(id));
  }

  private static boolean sameButForTime(SystemStatus a, SystemStatus b) {
    return timeless(a).equals(timeless(b));
  }

  /** Without what changes by the mere passing of time. */
  private static SystemStatus timeless(SystemStatus status) {
    SystemStatus.Builder timeless = status.toBuilder().clearWallMillis();
    timeless.getHostsBuilderList().forEach(host -> host.clearSilentMillis());
    timeless.getOpenIncidentsBuilderList().forEach(incident -> incident.clearOutageMillis());
    return timeless.build();
  }
}
