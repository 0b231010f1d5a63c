package io.holdfast.bench;

import io.holdfast.bench.agent.AgentBench;
import io.holdfast.bench.agent.AgentLabBench;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All benches that there are. */
final class Benches {

  static final List<Bench> ALL = List.of(new AgentBench(), new AgentLabBench());

  private Benches() {}

  static Optional<Bench> named(String name) {
    return ALL.stream().filter(bench -> bench.name().equals(name)).findFirst();
  }

  static String names() {
    return ALL.stream().map(Bench::name).collect(Collectors.joining(", "));
  }

  /** A line for each, and what it needs. */
  static String list() {
    return ALL.stream()
        .map(
            bench ->
                "  %-12s %s%n  %-12s needs: %s"
                    .formatted(
                        bench.name(), bench.description(), "", String.join(", ", bench.needs())))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
