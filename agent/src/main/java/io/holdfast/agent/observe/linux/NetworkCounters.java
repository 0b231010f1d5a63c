package io.holdfast.agent.observe.linux;

import io.holdfast.core.load.HostSample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What one interface has done since it was made, of {@code /proc/net/dev}. */
record NetworkCounters(long received, long transmitted, long errors) {

  /** By name, in the kernel's order, without the loopback. */
  static Map<String, NetworkCounters> parse(String netDev) {
    Map<String, NetworkCounters> networks = new LinkedHashMap<>();
    for (Fields line = new Fields(netDev); !line.atEnd(); line.nextLine()) {
      String name = line.wordBefore(':');
      if (!name.isEmpty() && !name.equals("lo")) {
        networks.put(name, parseCounters(line));
      }
    }
    return networks;
  }

  private static NetworkCounters parseCounters(Fields line) {
    long received = line.number();
    line.skip(1);
    long receiveErrors = line.number();
    line.skip(5);
    long transmitted = line.number();
    line.skip(1);
    return new NetworkCounters(received, transmitted, receiveErrors + line.number());
  }

  /** Empty if the counters began anew, as those of an interface that was made again do. */
  Optional<HostSample.Network> ratesSince(
      NetworkCounters before, String name, double seconds, boolean carrier) {
    long in = received - before.received;
    long out = transmitted - before.transmitted;
    long wrong = errors - before.errors;
    if (in < 0 || out < 0 || wrong < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new HostSample.Network(name, in / seconds, out / seconds, wrong / seconds, carrier));
  }
}
