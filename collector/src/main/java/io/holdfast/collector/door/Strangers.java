package io.holdfast.collector.door;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Connections whose TLS handshake is not done. Who has most of them loses one first, so that one
 * address does not push out another.
 */
final class Strangers {
  /** One of them, and when it came, by {@link System#nanoTime}. */
  private record Arrival(Channel channel, long at) {}

  /** By address and then by port, oldest first. */
  private final Map<String, Map<Integer, Arrival>> byAddress = new HashMap<>();

  private int size;

  int size() {
    return size;
  }

  void add(String address, int port, Channel channel) {
    byAddress
        .computeIfAbsent(address, none -> new LinkedHashMap<>())
        .put(port, new Arrival(channel, System.nanoTime()));
    size++;
  }

  /** Removes and returns it; empty: it is none of them. */
  Optional<Channel> take(String address, int port) {
    Map<Integer, Arrival> same = byAddress.getOrDefault(address, Map.of());
    Optional<Channel> channel = Optional.ofNullable(same.get(port)).map(Arrival::channel);
    if (channel.isPresent()) {
      same.remove(port);
      size--;
      if (same.isEmpty()) {
        byAddress.remove(address);
      }
    }
    return channel;
  }

  /** Forgets it, if it is one of them. */
  void remove(Channel channel) {
    if (channel.remoteAddress() instanceof InetSocketAddress remote) {
      String address = remote.getAddress().getHostAddress();
      Arrival known = byAddress.getOrDefault(address, Map.of()).get(remote.getPort());
      if (known != null && known.channel().equals(channel)) {
        take(address, remote.getPort());
      }
    }
  }

  /** Closes those that came before that time. */
  void closeAllBefore(long time) {
    byAddress.values().stream()
        .flatMap(same -> same.values().stream())
        .filter(arrival -> arrival.at() - time < 0)
        .map(Arrival::channel)
        .toList()
        .forEach(Channel::close);
  }

  /** Closes the oldest of the address that has most; that address. There must be one. */
  String closeOne() {
    Map.Entry<String, Map<Integer, Arrival>> most =
        byAddress.entrySet().stream()
            .max((a, b) -> Integer.compare(a.getValue().size(), b.getValue().size()))
            .orElseThrow();
    String address = most.getKey();
    int oldest = most.getValue().keySet().iterator().next();
    take(address, oldest).ifPresent(Channel::close);
    return address;
  }
}
