package io.holdfast.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What was rolled out in the lab, seen from outside: by the operator's command, and by systemd on
 * each host.
 */
final class Fleet {
  static final String AGENT = "holdfast-agent.service";
  static final String COLLECTOR = "holdfast-collector.service";
  static final String COLLECTOR_HOST = "collector-1";

  private static final String ENGINE = "trading-engine.service";
  private static final List<String> UNITS =
      List.of("api-server.service", "data-collector.service", "web-ui.service");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lab lab;

  Fleet(Lab lab) {
    this.lab = lab;
  }

  /** An answer of {@code ./holdfast ARGUMENT... -o json}, good or bad. */
  JsonNode ask(String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("-o", "json"));
    Ran ran = lab.command(words.toArray(String[]::new));
    if (ran.exitCode() > 1) {
      throw new LabException("%s ended with %d: %s".formatted(words, ran.exitCode(), ran.error()));
    }
    try {
      return JSON.readTree(ran.out());
    } catch (JsonProcessingException e) {
      throw new LabException("no JSON: " + ran.out(), e);
    }
  }

  /** The row of a service on a host in the status. */
  JsonNode service(String host, String name) {
    return StreamSupport.stream(ask("status").path("services").spliterator(), false)
        .filter(row -> row.path("name").asText().equals(name))
        .filter(row -> row.path("host").asText().equals(host))
        .findFirst()
        .orElseThrow(() -> new LabException(name + " does not run on " + host));
  }

  /** The host's row of the status. */
  JsonNode host(String name) {
    return StreamSupport.stream(ask("status").path("hosts").spliterator(), false)
        .filter(row -> row.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new LabException("the status has no host " + name));
  }

  boolean isHealthy(String host, String service) {
    JsonNode row = service(host, service);
    return row.path("verdict").asText().equals("healthy") && !row.path("healing").asBoolean();
  }

  /** The position of the newest event in the ledger. */
  long position() {
    JsonNode events = ask("events", "--limit", "1").path("events");
    return events.isEmpty() ? 0 : events.get(events.size() - 1).path("position").asLong();
  }

  /** What a host told of a service after a position: the events in JSON, one to a line. */
  String toldAfter(long position, String host, String service) {
    JsonNode answer =
        ask("events", "--after", Long.toString(position), "--host", host, "--service", service);
    return StreamSupport.stream(answer.path("events").spliterator(), false)
        .map(JsonNode::toString)
        .collect(Collectors.joining("\n"));
  }

  /** A property of a unit, as systemd says it. */
  String property(String host, String unit, String property) {
    return lab.run(host, "systemctl", "show", "--value", "-p", property, unit);
  }

  /** The main process of a unit, by the host's own numbers; 0: none. */
  long mainPid(String host, String unit) {
    return Long.parseLong(property(host, unit, "MainPID"));
  }

  /** The main process of each guarded unit of the hosts that every lab has. */
  Map<String, Long> processes() {
    Map<String, Long> found = new TreeMap<>();
    found.put("trade-a " + ENGINE, mainPid("trade-a", ENGINE));
    for (String host : List.of("trade-a", "trade-b")) {
      UNITS.forEach(unit -> found.put(host + " " + unit, mainPid(host, unit)));
    }
    return found;
  }

  /** The main process of each of Holdfast's own units. */
  Map<String, Long> programs() {
    return Map.of(
        "trade-a",
        mainPid("trade-a", AGENT),
        "trade-b",
        mainPid("trade-b", AGENT),
        COLLECTOR_HOST,
        mainPid(COLLECTOR_HOST, COLLECTOR));
  }

  /** Everything is healthy, every host connected and working from the plan. */
  void untilAllIsWell() {
    until("all is well", () -> lab.command("status").exitCode() == 0);
  }

  void untilHealthy(String host, String service) {
    until(service + " is healthy on " + host, () -> isHealthy(host, service));
  }

  void until(String what, BooleanSupplier condition) {
    Lab.await(what, PATIENCE, condition);
  }
}
