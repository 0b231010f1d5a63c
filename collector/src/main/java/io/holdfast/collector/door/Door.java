package io.holdfast.collector.door;

import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.wire.CertificateFacts;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Bounds the connections of one port. A stranger, whose TLS handshake is not done, can only push
 * out strangers; one without a certificate can only push out those who ask nothing. So nobody
 * without a certificate keeps out one who has it.
 *
 * <p>Everything runs on the event loop on which the port listens, but {@link #isFull} and {@link
 * #expect}.
 */
public final class Door {
  private static final long PATROL_MILLIS = 1_000;

  /** A handshake has ten seconds; then the first words of HTTP must come. */
  private static final long STRANGER_NANOS = Duration.ofSeconds(15).toNanos();

  private final Vertx vertx;
  private final DoorRules rules;
  private final Visas visas;
  private final Doors doors;
  private final QuietLog log = new QuietLog(Door.class);
  private final AtomicInteger present = new AtomicInteger();

  private final Strangers strangers = new Strangers();

  private final Map<HttpConnection, Guest> guests = new HashMap<>();

  /** Guests of one kind, oldest first; each guest is of two kinds. */
  private final Map<String, Set<Guest>> kinds = new HashMap<>();

  private Optional<Integer> port = Optional.empty();
  private long patrol = -1;

  Door(Vertx vertx, DoorRules rules, Visas visas, Doors doors) {
    this.vertx = vertx;
    this.rules = rules;
    this.visas = visas;
    this.doors = doors;
  }

  /** Takes the connections of that server, which does not listen yet. */
  public HttpServer guard(HttpServer server) {
    return server.connectionHandler(this::entered);
  }

  /** The server listens on that port. */
  public void open(int listening) {
    port = Optional.of(listening);
    doors.opened(listening, this);
    patrol = vertx.setPeriodic(PATROL_MILLIS, id -> patrol());
  }

  /** The server listens no more. */
  public void close() {
    port.ifPresent(listening -> doors.closed(listening, this));
    vertx.cancelTimer(patrol);
  }

  /** Counts a request, so that its connection is not taken for an idle one. */
  public void asked(HttpServerRequest request) {
    Guest guest = guests.get(request.connection());
    if (guest != null && request.version() != HttpVersion.HTTP_2) {
      guest.requestBegan();
      request.response().endHandler(v -> guest.requestEnded(System.nanoTime()));
    }
  }

  /** Asked by the accepting thread: whether the event loop has to catch up first. */
  boolean isFull() {
    return present.get() >= rules.total();
  }

  /** Told by the accepting thread, before the connection has an event loop. */
  void expect(Channel channel) {
    present.incrementAndGet();
    channel.pipeline().addLast(new Arrival());
  }

  /** The first handler of a connection: it sees it come and go. */
  private final class Arrival extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
      if (remote != null) {
        strangers.add(remote.getAddress().getHostAddress(), remote.getPort(), context.channel());
        if (strangers.size() > rules.strangers()) {
          pushOutAStranger();
        }
      }
      context.fireChannelActive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      present.decrementAndGet();
      strangers.remove(context.channel());
    }
  }

  private void pushOutAStranger() {
    String address = strangers.closeOne();
    say(
        "more than "
            + rules.strangers()
            + " connections have not finished their TLS handshake; of those of "
            + address
            + " the oldest are closed");
  }

  private void entered(HttpConnection connection) {
    strangers
        .take(connection.remoteAddress().hostAddress(), connection.remoteAddress().port())
        .ifPresent(channel -> receive(new Guest(connection, channel, shown(connection))));
  }

  private void receive(Guest guest) {
    if (makeRoomFor(guest)) {
      guests.put(guest.connection(), guest);
      guest.kinds().forEach(kind -> of(kind).add(guest));
      guest.connection().closeHandler(closed -> left(guest));
      guest
          .connection()
          .exceptionHandler(
              broken -> say("a connection of " + guest.address() + " breaks its protocol"));
    } else {
      guest.close();
    }
  }

  private void left(Guest guest) {
    guests.remove(guest.connection());
    for (String kind : guest.kinds()) {
      of(kind).remove(guest);
      if (of(kind).isEmpty()) {
        kinds.remove(kind);
      }
    }
  }

  private Set<Guest> of(String kind) {
    return kinds.computeIfAbsent(kind, none -> new LinkedHashSet<>());
  }

  private boolean makeRoomFor(Guest guest) {
    return makeRoom(
            guest.kinds().getFirst(),
            guest.isAnonymous() ? rules.perAddress() : rules.perIdentity())
        && makeRoom(
            guest.kinds().getLast(), guest.isAnonymous() ? rules.anonymous() : rules.guests());
  }

  /** Below {@code most} of that kind there is room; else the oldest who asks nothing must go. */
  private boolean makeRoom(String kind, int most) {
    Set<Guest> same = kinds.getOrDefault(kind, Set.of());
    if (same.size() < most) {
      return true;
    }
    Optional<Guest> idle = same.stream().filter(Guest::isIdle).findFirst();
    idle.ifPresent(
        gone -> {
          left(gone);
          gone.close();
        });
    say(
        "more than "
            + most
            + " connections "
            + kind
            + (idle.isPresent() ? "; the oldest idle ones are closed" : "; new ones are refused"));
    return idle.isPresent();
  }

  private void patrol() {
    long now = System.nanoTime();
    strangers.closeAllBefore(now - STRANGER_NANOS);
    for (Guest guest : List.copyOf(guests.values())) {
      guest
          .overstay(rules, now)
          .or(() -> guest.revoked(visas))
          .ifPresent(
              why -> {
                if (!why.startsWith("asked nothing")) {
                  say("a connection of " + guest.address() + " is closed: it " + why);
                }
                guest.close();
              });
    }
  }

  private void say(String sentence) {
    log.say(rules.port() + ": " + sentence, System.nanoTime());
  }

  /** Empty: there is no certificate, or none that names anyone. */
  private static Optional<PresentedCertificate> shown(HttpConnection connection) {
    try {
      return connection.isSsl()
          ? Optional.of(CertificateFacts.of((X509Certificate) connection.peerCertificates().get(0)))
          : Optional.empty();
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      return Optional.empty();
    }
  }
}
