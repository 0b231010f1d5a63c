package io.holdfast.collector.door;

import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.core.trust.Rejection;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A connection whose TLS handshake is done. Used on its event loop. */
final class Guest {
  private static final long PING_EVERY_NANOS = Duration.ofSeconds(15).toNanos();
  private static final int PING_BYTES = 8;
  private static final long FLOOD_WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  /** Control frames in ten seconds; an agent sends ten. */
  private static final int FLOOD_FRAMES = 200;

  private final HttpConnection connection;
  private final Optional<PresentedCertificate> shown;
  private final Optional<Http2Connection> http2;
  private final Optional<Http2Connection.PropertyKey> begun;
  private boolean asked;
  private int requests;
  private long busyAt;
  private long pingedAt;
  private boolean pinging;
  private long windowAt;
  private int frames;
  private boolean warned;

  /**
   * Who came in.
   *
   * @param shown the certificate; empty: there was none
   */
  Guest(HttpConnection connection, Channel channel, Optional<PresentedCertificate> shown) {
    long now = System.nanoTime();
    this.connection = connection;
    this.shown = shown;
    this.http2 =
        Optional.ofNullable(channel.pipeline().get(Http2ConnectionHandler.class))
            .map(Http2ConnectionHandler::connection);
    this.begun = http2.map(Http2Connection::newKey);
    this.busyAt = now;
    this.pingedAt = now;
    this.windowAt = now;
    http2.ifPresent(
        any -> {
          connection.pingHandler(ping -> controlFrame());
          connection.remoteSettingsHandler(settings -> controlFrame());
        });
  }

  HttpConnection connection() {
    return connection;
  }

  /** Its own kind, then all of its sort, as a log line names them. */
  List<String> kinds() {
    return isAnonymous()
        ? List.of("without a certificate from " + address(), "without a certificate")
        : List.of("of " + shown.get().identity(), "with a certificate");
  }

  boolean isAnonymous() {
    return shown.isEmpty();
  }

  String address() {
    return connection.remoteAddress().hostAddress();
  }

  void close() {
    connection.close();
  }

  /** A request of HTTP/1.1 began; those of HTTP/2 are the connection's streams. */
  void requestBegan() {
    requests++;
    asked = true;
  }

  void requestEnded(long now) {
    requests--;
    busyAt = now;
  }

  boolean isIdle() {
    return requests == 0 && http2.map(Http2Connection::numActiveStreams).orElse(0) == 0;
  }

  private boolean hasAsked() {
    return http2.map(any -> any.remote().lastStreamCreated() > 0).orElse(asked);
  }

  /** Why it must go by now, of {@link System#nanoTime}; empty: it may stay. */
  Optional<String> overstay(DoorRules rules, long now) {
    if (frames > FLOOD_FRAMES) {
      return Optional.of("sent more than " + FLOOD_FRAMES + " pings or settings in 10 s");
    }
    if (isIdle()) {
      Duration patience = hasAsked() ? rules.idle() : rules.first();
      return now - busyAt > patience.toNanos()
          ? Optional.of("asked nothing for " + patience.toSeconds() + " s")
          : Optional.empty();
    }
    busyAt = now;
    if (rules.upload().isPositive() && oldestUpload(now) > rules.upload().toNanos()) {
      return Optional.of("did not complete a request within " + rules.upload().toSeconds() + " s");
    }
    return pongMissing(now) ? Optional.of("did not answer a ping") : Optional.empty();
  }

  /**
   * Why it must go because its certificate was revoked. What runs on it is told first: it goes when
   * this is asked for the second time.
   */
  Optional<String> revoked(Visas visas) {
    Optional<Rejection> rejection =
        shown.flatMap(visas::rejection).filter(found -> found.kind() == Rejection.Kind.REVOKED);
    boolean now = warned;
    warned = rejection.isPresent();
    return rejection.filter(found -> now).map(Rejection::message);
  }

  /** Age of the oldest stream that the client has not ended yet. */
  private long oldestUpload(long now) {
    if (http2.isEmpty()) {
      return 0;
    }
    OldestUpload visitor = new OldestUpload(begun.get(), now);
    try {
      http2.get().forEachActiveStream(visitor::visit);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    return visitor.nanos;
  }

  private static final class OldestUpload {
    private final Http2Connection.PropertyKey begun;
    private final long now;
    private long nanos;

    OldestUpload(Http2Connection.PropertyKey begun, long now) {
      this.begun = begun;
      this.now = now;
    }

    boolean visit(Http2Stream stream) {
      if (stream.state().remoteSideOpen()) {
        Long since = stream.getProperty(begun);
        if (since == null) {
          stream.setProperty(begun, now);
        } else {
          nanos = Math.max(nanos, now - since);
        }
      }
      return true;
    }
  }

  private boolean pongMissing(long now) {
    if (http2.isEmpty() || now - pingedAt < PING_EVERY_NANOS) {
      return false;
    }
    if (pinging) {
      return true;
    }
    pinging = true;
    pingedAt = now;
    connection.ping(Buffer.buffer(new byte[PING_BYTES])).onSuccess(pong -> pinging = false);
    return false;
  }

  private void controlFrame() {
    long now = System.nanoTime();
    if (now - windowAt > FLOOD_WINDOW_NANOS) {
      windowAt = now;
      frames = 0;
    }
    frames++;
    if (frames > FLOOD_FRAMES) {
      connection.close();
    }
  }
}
