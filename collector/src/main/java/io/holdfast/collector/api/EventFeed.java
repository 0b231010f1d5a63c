package io.holdfast.collector.api;

import io.holdfast.core.ledger.EventHistory;
import io.holdfast.core.ledger.RecordedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.streams.WriteStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the ledger's events to all who follow them, each from its own position. For a slow reader
 * nothing is kept: it reads on from its position in the ledger's list once it can take more. Used
 * on one event loop; while nobody follows nothing is done.
 */
public final class EventFeed {
  /** How often it is looked for new events, in milliseconds. */
  private static final long PERIOD_MILLIS = 100;

  /** Followers beyond this many are refused. */
  static final int FOLLOWERS_MAX = 64;

  /** After this many events the event loop is given back before the next ones are sent. */
  private static final int AT_ONCE = 256;

  private final Vertx vertx;
  private final LedgerSource ledger;
  private final Map<Long, Reading> readings = new LinkedHashMap<>();
  private long nextId;
  private Optional<Long> timer = Optional.empty();

  /** A feed of that ledger. */
  public EventFeed(Vertx vertx, LedgerSource ledger) {
    this.vertx = vertx;
    this.ledger = ledger;
  }

  /** One who follows. */
  public interface Follower {
    /** Where events go; the feed takes over its drain handler. */
    WriteStream<io.holdfast.proto.v1.RecordedEvent> stream();

    /**
     * Events that it had not read are not kept any more: end the stream.
     *
     * @param oldest position of the oldest event that is kept
     */
    void fellBehind(long oldest);

    /** The collector stops: end the stream. */
    void stopping();

    /** Why it may follow no more; empty: it may. */
    Optional<String> rejection();

    /** It may follow no more: end the stream. */
    void reject(String why);
  }

  /** Ends a following; harmless when it has ended. */
  public interface Following {
    /** Ends it. */
    void stop();
  }

  /**
   * Begins to send, after this has returned.
   *
   * @param after position after which to begin, at least that before the oldest event kept
   * @param host only this host's events; empty: all
   * @return empty: there are too many followers already
   */
  public Optional<Following> follow(long after, String host, Follower follower) {
    if (readings.size() >= FOLLOWERS_MAX) {
      return Optional.empty();
    }
    long id = nextId++;
    Reading reading = new Reading(id, after, host, follower);
    readings.put(id, reading);
    NewestOnly.bound(follower.stream()).drainHandler(drained -> reading.goOn());
    if (timer.isEmpty()) {
      timer = Optional.of(vertx.setPeriodic(PERIOD_MILLIS, tick -> tick()));
    }
    vertx.runOnContext(first -> reading.goOn());
    return Optional.of(() -> stop(id));
  }

  /** Ends all. */
  public void close() {
    Map<Long, Reading> ending = Map.copyOf(readings);
    ending.keySet().forEach(this::stop);
    ending.values().forEach(reading -> reading.follower.stopping());
  }

  private void tick() {
    for (Reading reading : Map.copyOf(readings).values()) {
      Optional<String> rejection = reading.follower.rejection();
      if (rejection.isPresent()) {
        stop(reading.id);
        reading.follower.reject(rejection.get());
      } else {
        reading.goOn();
      }
    }
  }

  private void stop(long id) {
    readings.remove(id);
    if (readings.isEmpty()) {
      timer.ifPresent(vertx::cancelTimer);
      timer = Optional.empty();
    }
  }

  /** How far one follower has read. */
  private final class Reading {
    private final long id;
    private final String host;
    private final Follower follower;
    private long position;
    private boolean yielding;

    Reading(long id, long after, String host, Follower follower) {
      this.id = id;
      this.position = after;
      this.host = host;
      this.follower = follower;
    }

    void goOn() {
      EventHistory history = ledger.read().state().history();
      if (yielding || position >= history.total() || !readings.containsKey(id)) {
        return;
      }
      if (position < history.oldest() - 1) {
        stop(id);
        follower.fellBehind(history.oldest());
        return;
      }
      sendSome(history.after(position).iterator());
    }

    private void sendSome(Iterator<RecordedEvent> events) {
      for (int sent = 0; events.hasNext() && !follower.stream().writeQueueFull(); ) {
        if (sent == AT_ONCE) {
          yielding = true;
          vertx.runOnContext(
              next -> {
                yielding = false;
                goOn();
              });
          return;
        }
        RecordedEvent event = events.next();
        position = event.position();
        if (host.isEmpty() || host.equals(event.recorded().host())) {
          sent++;
          NewestOnly.write(follower.stream(), EventMessages.toProto(event))
              .onFailure(gone -> stop(id));
        }
      }
    }
  }
}
