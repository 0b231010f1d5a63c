package io.holdfast.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What ships with the agent, and why. Every jar of its class path costs it memory: sooner or later
 * something looks through all of them, and then each stays open with its list of entries.
 */
class AgentLibrariesTest {
  /** The beginnings of file names, with the reason; the longest that fits counts. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("holdfast-", "ours"),
          Map.entry("vertx-core", "event loop, timers, TCP, HTTP, TLS"),
          Map.entry("vertx-grpc-client", "the stream to the collector"),
          Map.entry("vertx-grpc-common", "vertx-grpc-client is made of it"),
          Map.entry("vertx-pg-client", "the PostgreSQL check"),
          Map.entry("vertx-sql-client", "vertx-pg-client is made of it"),
          Map.entry("scram-", "PostgreSQL's passwords"),
          Map.entry("saslprep", "scram-client prepares passwords with it"),
          Map.entry("stringprep", "saslprep is made of it"),
          Map.entry("netty-", "vertx-core names every one of them; systemd's socket"),
          Map.entry("protobuf-java-", "the messages of the stream"),
          Map.entry("oshi-common", "inventory and temperature"),
          Map.entry("dbus-java-", "systemd's messages"),
          Map.entry("snakeyaml", "agent.yaml"),
          Map.entry("jackson-core", "JSON of Vert.x: the journal's lines"),
          Map.entry("jackson-dataformat-yaml", "brings snakeyaml; planfile names it"),
          Map.entry("micrometer-", "/metrics"),
          Map.entry("prometheus-metrics-", "the text format of /metrics"),
          Map.entry("jspecify", "annotations that our classes carry"),
          Map.entry("slf4j-", "logging"));

  /** Libraries of others that come along unasked, and would begin like one of those above. */
  private static final Set<String> UNWANTED =
      Set.of(
          "protobuf-java-util",
          "prometheus-metrics-exposition-formats",
          "vertx-grpc-server",
          "guava");

  @Test
  void nothingShipsWithoutAReason() throws IOException {
    Set<String> silent = new TreeSet<>();
    for (String jar : jars()) {
      if (REASONS.keySet().stream().noneMatch(jar::startsWith)
          || UNWANTED.stream().anyMatch(jar::startsWith)) {
        silent.add(jar);
      }
    }
    assertThat(silent)
        .as("exclude them in agent/pom.xml, or say here what the agent needs them for")
        .isEmpty();
  }

  @Test
  void everyReasonIsStillOne() throws IOException {
    List<String> jars = jars();
    Map<String, String> idle = new TreeMap<>(REASONS);
    idle.keySet().removeIf(begin -> jars.stream().anyMatch(jar -> jar.startsWith(begin)));
    assertThat(idle).as("no jar begins so any more").isEmpty();
  }

  @Test
  void everyLibraryIsThereOnce() throws IOException {
    Pattern version = Pattern.compile("-[0-9][^/]*$");
    List<String> names = jars().stream().map(jar -> version.matcher(jar).replaceFirst("")).toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  private static List<String> jars() throws IOException {
    try (Stream<Path> files = Files.list(Said.ROOT.resolve("agent/target/lib"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".jar"))
          .sorted()
          .toList();
    }
  }
}
