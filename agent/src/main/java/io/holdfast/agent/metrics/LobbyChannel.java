package io.holdfast.agent.metrics;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * A server socket with few connections, counted before their TLS handshakes, which cost memory too:
 * one more closes the oldest.
 */
public final class LobbyChannel extends NioServerSocketChannel {
  /** More than may ask, so that a handshake can be done before its connection is the oldest. */
  static final int PLACES = 2 * MetricsServer.CONNECTIONS_MAX;

  private static final long PAUSE_MILLIS = 20;

  private final Deque<Channel> present = new ConcurrentLinkedDeque<>();

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    if (present.size() >= 2 * PLACES) {
      // Those behind wait in the system's queue until the closed ones are gone.
      config().setAutoRead(false);
      eventLoop().schedule(() -> config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      return 0;
    }
    int before = accepted.size();
    int read = super.doReadMessages(accepted);
    if (accepted.size() > before) {
      Channel fresh = (Channel) accepted.getLast();
      present.addLast(fresh);
      fresh.closeFuture().addListener(closed -> present.remove(fresh));
      closeOldest();
    }
    return read;
  }

  /** One that is not registered yet cannot be closed; it will be with a later one. */
  private void closeOldest() {
    // Read once: connections end on another thread, and an exception here would close the port.
    int over = present.size() - PLACES;
    if (over > 0) {
      present.stream().limit(over).filter(Channel::isRegistered).forEach(Channel::close);
    }
  }
}
