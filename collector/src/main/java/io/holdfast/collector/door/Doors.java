package io.holdfast.collector.door;

import io.holdfast.wire.socket.ServerSockets;
import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The doors of a process by their ports. Its transport asks them at every connection. */
public final class Doors {
  private final Map<Integer, Door> byPort = new ConcurrentHashMap<>();

  /** What {@link io.vertx.core.VertxBuilder#withTransport} needs for doors to be asked. */
  public Transport transport() {
    return new ServerSockets(() -> new DoorChannel(this));
  }

  /** A door that nobody comes through until it is {@link Door#open}. */
  public Door with(Vertx vertx, DoorRules rules, Visas visas) {
    return new Door(vertx, rules, visas, this);
  }

  Optional<Door> at(int port) {
    return Optional.ofNullable(byPort.get(port));
  }

  void opened(int port, Door door) {
    byPort.put(port, door);
  }

  void closed(int port, Door door) {
    byPort.remove(port, door);
  }
}
