package io.holdfast.agent.metrics;

import io.holdfast.agent.metrics.AgentReading.SpoolFigures;
import io.holdfast.core.Moment;
import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.health.ServiceVerdict;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.load.HostSample;
import io.holdfast.metrics.Exposition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Readings for tests. */
final class AgentReadings {

  private AgentReadings() {}

  /** Services that are healthy, by name. */
  static AgentReading of(AgentTally tally, List<String> services) {
    return new AgentReading(
        Optional.of(sample()),
        services.stream().map(AgentReadings::view).toList(),
        tally.counts(),
        new SpoolFigures(1_000, 16_777_216, 2, 3, true),
        0.001);
  }

  /** What they are written by. */
  static Exposition<AgentReading> exposition() {
    return new Exposition<>(
        AgentCatalog.of("1.0", () -> Map.of("own", Path.of("none"))), AgentCatalog.LEFT_OUT);
  }

  private static ServiceView view(String name) {
    return new ServiceView(
        name,
        new ServiceVerdict(Verdict.HEALTHY, List.of()),
        new Moment(1_000, 1_700_000_000_000L),
        7,
        false,
        Optional.empty(),
        OptionalLong.empty());
  }

  private static HostSample sample() {
    return new HostSample(
        OptionalDouble.of(0.5),
        1.25,
        2,
        4_096,
        1_024,
        0,
        0,
        List.of(new HostSample.Disk("sda", 1, 2, 0.25)),
        List.of(new HostSample.FileSystem("/data \"x\"\n", "ext4", 10, 5, true)),
        List.of(new HostSample.Network("eth0", 3, 4, 0, true)),
        OptionalDouble.empty(),
        60_000);
  }
}
