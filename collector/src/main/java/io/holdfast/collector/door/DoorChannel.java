package io.holdfast.collector.door;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server socket that asks its door before anything is spent on a connection. */
final class DoorChannel extends NioServerSocketChannel {
  private static final long PAUSE_MILLIS = 20;

  private final Doors doors;

  DoorChannel(Doors doors) {
    this.doors = doors;
  }

  /** While its door is full, connections wait in the system's queue. */
  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    Optional<Door> door = doors.at(localAddress().getPort());
    if (door.isPresent() && door.get().isFull()) {
      config().setAutoRead(false);
      eventLoop().schedule(() -> config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      return 0;
    }
    int before = accepted.size();
    int read = super.doReadMessages(accepted);
    if (door.isPresent() && accepted.size() > before) {
      door.get().expect((Channel) accepted.getLast());
    }
    return read;
  }
}
