package io.holdfast.demo.stage;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Addresses and ports of the demo: hosts and collectors that share one machine have loopback
 * addresses of their own.
 */
final class Place {

  static final String COLLECTOR = "127.79.0.1";
  static final int AGENTS_PORT = 7443;
  static final int API_PORT = 8443;
  static final int LEDGER_PORT = 7444;

  static final int API_SERVER_PORT = 8000;
  static final int ENGINE_PORT = 8001;
  static final int WEB_UI_PORT = 8080;

  /** Name and address of each host. */
  static final Map<String, String> HOSTS =
      new TreeMap<>(Map.of("trade-a", "127.78.0.1", "trade-b", "127.78.0.2"));

  /** Where the engine runs. */
  static final String ENGINE_HOST = "trade-a";

  private Place() {}

  /** Everything that must be free. */
  static List<InetSocketAddress> needed() {
    var collector =
        Stream.of(AGENTS_PORT, API_PORT, LEDGER_PORT)
            .map(port -> new InetSocketAddress(COLLECTOR, port));
    var services =
        HOSTS.values().stream()
            .flatMap(
                address ->
                    Stream.of(API_SERVER_PORT, ENGINE_PORT, WEB_UI_PORT)
                        .map(port -> new InetSocketAddress(address, port)));
    return Stream.concat(collector, services).toList();
  }
}
