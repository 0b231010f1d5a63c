package io.holdfast.demo.stage;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Addresses of a stage: hosts and collectors that share one machine have loopback addresses of
 * their own, so ports are the same everywhere.
 *
 * @param collector address of the collector
 * @param hosts name and address of each host; {@link #ENGINE_HOST} is one of them
 */
public record Place(String collector, Map<String, String> hosts) {

  /** Where the engine runs. */
  public static final String ENGINE_HOST = "trade-a";

  /** Where nothing runs as long as the other is there. */
  private static final String IDLE_HOST = "trade-b";

  /** Port of the sample API server. */
  public static final int API_SERVER_PORT = 8000;

  /** Port of the trading engine's health page. */
  public static final int ENGINE_PORT = 8001;

  /** Port of the sample web page. */
  public static final int WEB_UI_PORT = 8080;

  /** Where an agent shows its figures, when its configuration says nothing else. */
  static final int METRICS_PORT = 9777;

  static final int AGENTS_PORT = 7443;
  static final int API_PORT = 8443;
  static final int LEDGER_PORT = 7444;

  private static final int TRIES = 50;

  /** Copies the map. */
  public Place {
    hosts = Map.copyOf(hosts);
  }

  /** Where the demo stands, always. */
  public static Place demo() {
    return new Place("127.79.0.1", Map.of(ENGINE_HOST, "127.78.0.1", IDLE_HOST, "127.78.0.2"));
  }

  /**
   * Loopback addresses that nobody uses at this moment, so that it can stand beside a demo.
   *
   * @throws StageException when there are none
   */
  public static Place spare() {
    var random = new Random();
    for (int i = 0; i < TRIES; i++) {
      String net = "127.%d.%d.".formatted(random.nextInt(80, 250), random.nextInt(256));
      var place = new Place(net + 1, Map.of(ENGINE_HOST, net + 2, IDLE_HOST, net + 3));
      if (Ports.areFree(place.needed())) {
        return place;
      }
    }
    throw StageException.notReady("no loopback addresses are free for ports such as " + API_PORT);
  }

  /** Names and addresses in the order of the names. */
  Map<String, String> sortedHosts() {
    return new TreeMap<>(hosts);
  }

  /** Where the host of the engine is. */
  public String engineAddress() {
    return address(ENGINE_HOST);
  }

  /** Where the host is on which the example plan runs nothing. */
  public String idleAddress() {
    return address(IDLE_HOST);
  }

  /** Where one of its hosts is. */
  String address(String host) {
    return Objects.requireNonNull(hosts.get(host), host);
  }

  /** The figures of the agent on the host of the engine. */
  public URI agentMetrics() {
    return URI.create("http://" + engineAddress() + ":" + METRICS_PORT + "/metrics");
  }

  /** The health page of the sample API server at an address. */
  public static URI apiServerHealth(String address) {
    return URI.create("http://" + address + ":" + API_SERVER_PORT + "/health");
  }

  /** Everything that must be free. */
  List<InetSocketAddress> needed() {
    var theCollector =
        Stream.of(AGENTS_PORT, API_PORT, LEDGER_PORT)
            .map(port -> new InetSocketAddress(collector, port));
    var services =
        hosts.values().stream()
            .flatMap(
                address ->
                    Stream.of(API_SERVER_PORT, ENGINE_PORT, WEB_UI_PORT, METRICS_PORT)
                        .map(port -> new InetSocketAddress(address, port)));
    return Stream.concat(theCollector, services).toList();
  }
}
