package io.holdfast.demo.stage;

import io.holdfast.demo.trading.ApiServer;
import io.holdfast.demo.trading.DataCollector;
import io.holdfast.demo.trading.TradingEngine;
import io.holdfast.demo.trading.WebUi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration files of the demo's programs, as text. */
final class Configuration {

  /** Where the example plan looks for the data collector's file. */
  private static final String PLANNED_FILE = "/var/lib/collector/last";

  private static final List<String> LITTLE_JVM =
      List.of(
          "-Xms8m",
          "-Xmx32m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xshare:auto");

  private final Machine machine;
  private final Place place;
  private final RunFolder run;
  private final int databasePort;

  Configuration(Machine machine, Place place, RunFolder run, int databasePort) {
    this.machine = machine;
    this.place = place;
    this.run = run;
    this.databasePort = databasePort;
  }

  /** State and run directory of a program. */
  Path directory(String program, String kind) {
    return run.path().resolve(program).resolve(kind);
  }

  /** The file that a host's data collector writes. */
  Path collected(String host) {
    return run.files().resolve(host + "-last");
  }

  String collectorYaml() {
    return """
    name: collector-1
    agents: {address: %1$s, port: %2$d}
    api: {address: %1$s, port: %3$d}
    ledger:
      address: %1$s
      port: %4$d
      tls: {certificate: %5$s, key: %6$s, ca: %7$s}
    tls: {certificate: %8$s, key: %9$s, ca: %10$s}
    state_directory: %11$s
    run_directory: %12$s
    dashboard: {anonymous_viewer: true}
    """
        .formatted(
            place.collector(),
            Place.AGENTS_PORT,
            Place.API_PORT,
            Place.LEDGER_PORT,
            pki("ledger/collector-1.crt"),
            pki("ledger/collector-1.key"),
            pki("ledger-ca.crt"),
            pki("collectors/collector-1.crt"),
            pki("collectors/collector-1.key"),
            pki("ca.crt"),
            quote(directory("collector-1", "state")),
            quote(directory("collector-1", "run")));
  }

  /** The demo's own access is the operator's. */
  String cliYaml() {
    return """
    collectors: ["%s:%d"]
    tls: {certificate: %s, key: %s, ca: %s}
    """
        .formatted(
            place.collector(),
            Place.API_PORT,
            pki("operators/operator.crt"),
            pki("operators/operator.key"),
            pki("ca.crt"));
  }

  String agentYaml(String host) {
    return """
    host: %1$s
    collectors: ["%2$s:%3$d"]
    tls: {certificate: %4$s, key: %5$s, ca: %6$s}
    state_directory: %7$s
    run_directory: %8$s
    local_address: %9$s
    services:
    %10$sconnections:
      trading:
        host: 127.0.0.1
        port: %11$d
        database: trading
        user: holdfast
        password: %12$s
    paths:
      %13$s: %14$s
    """
        .formatted(
            host,
            place.collector(),
            Place.AGENTS_PORT,
            pki("hosts/" + host + ".crt"),
            pki("hosts/" + host + ".key"),
            pki("ca.crt"),
            quote(directory(host, "state")),
            quote(directory(host, "run")),
            place.address(host),
            services(host),
            databasePort,
            quote("${file:" + run.monitorPassword() + "}"),
            PLANNED_FILE,
            quote(collected(host)));
  }

  /**
   * What an agent may start. The engine is exclusive: until there are leases, one host alone may.
   */
  private String services(String host) {
    var lines = new ArrayList<String>();
    lines.add(service("api_server", ApiServer.class, listening(host, Place.API_SERVER_PORT)));
    if (host.equals(Place.ENGINE_HOST)) {
      lines.add(service("trading_engine", TradingEngine.class, engineArguments(host)));
    }
    lines.add(service("data_collector", DataCollector.class, List.of("--file=" + collected(host))));
    lines.add(service("web_ui", WebUi.class, listening(host, Place.WEB_UI_PORT)));
    return String.join("", lines);
  }

  List<String> engineArguments(String host) {
    var arguments = new ArrayList<>(listening(host, Place.ENGINE_PORT));
    arguments.add("--database=" + Postgres.url(databasePort, "trading"));
    arguments.add("--user=trading");
    arguments.add("--password-file=" + run.tradingPassword());
    return arguments;
  }

  private List<String> listening(String host, int port) {
    return listening(place.address(host), port, host);
  }

  private static List<String> listening(String address, int port, String host) {
    return List.of("--address=" + address, "--port=" + port, "--host=" + host);
  }

  private String service(String name, Class<?> main, List<String> arguments) {
    String words =
        command(main, arguments).stream()
            .map(Configuration::quote)
            .collect(Collectors.joining(", ", "[", "]"));
    return """
      %s:
        command: %s
        environment: {%s: %s}
        working_directory: %s
    """
        .formatted(name, words, RunFolder.VARIABLE, quote(run.path()), quote(run.files()));
  }

  /** How an API server at another address is started. */
  List<String> apiServerAt(String address) {
    return command(ApiServer.class, listening(address, Place.API_SERVER_PORT, "elsewhere"));
  }

  /** How one of the sample programs is started. */
  List<String> command(Class<?> main, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(machine.java().toString());
    command.addAll(LITTLE_JVM);
    command.add("-cp");
    command.add(Apps.sourceOf(main) + ":" + Apps.sourceOf(org.postgresql.Driver.class));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  private String pki(String file) {
    return quote(run.pki().resolve(file));
  }

  /** A YAML double-quoted scalar; paths hold no control characters that it would have to escape. */
  private static String quote(Object value) {
    return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
