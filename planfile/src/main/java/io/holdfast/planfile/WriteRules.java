package io.holdfast.planfile;

import io.holdfast.core.plan.CheckTiming;
import io.holdfast.planfile.problem.DocumentPath;
import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.YamlNode;
import java.time.Duration;
import java.util.Optional;

/** What the schema cannot say about the write check. */
final class WriteRules {

  /** Where the plan names none. Each run is a process of its own, with a JVM. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  /** A process each second would cost more than all other checks together. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(30);

  /** What the process itself may need, on a busy host, before and after its write. */
  private static final Duration AROUND = Duration.ofSeconds(3);

  private final Problems problems;

  WriteRules(Problems problems) {
    this.problems = problems;
  }

  /**
   * Checks {@code write} of {@code service}.
   *
   * @param path of the service
   */
  void check(YamlNode.Mapping root, YamlNode.Mapping service, YamlNode.Mapping write, String path) {
    String writePath = path + ".write";
    duration(write, "interval")
        .filter(interval -> interval.compareTo(SHORTEST_INTERVAL) < 0)
        .ifPresent(tooShort -> refuse(write, "interval", writePath, "a duration of 30s or more"));
    Duration timeout =
        duration(service, "timeout")
            .or(() -> root.mapping("checks").flatMap(checks -> duration(checks, "timeout")))
            .orElse(PlanBuilder.DEFAULT_CHECKS.timeout());
    duration(write, "max")
        .filter(max -> max.plus(AROUND).compareTo(timeout) > 0)
        .ifPresent(
            max ->
                refuse(
                    write,
                    "max",
                    writePath,
                    "a duration that is at least 3s shorter than the timeout of this service, "
                        + Quantities.write(timeout)
                        + ","));
  }

  /** The timing of the write check in a service of this timing. */
  static CheckTiming timing(CheckTiming service, Duration interval) {
    return new CheckTiming(
        interval, service.timeout(), service.failureThreshold(), service.recoveryThreshold());
  }

  private static Optional<Duration> duration(YamlNode.Mapping mapping, String key) {
    return mapping.get(key).flatMap(Quantities.DURATION::of);
  }

  private void refuse(YamlNode.Mapping write, String key, String path, String expected) {
    write
        .get(key)
        .ifPresent(
            node ->
                problems.add(
                    node.at(),
                    DocumentPath.key(path, key),
                    "found " + node.described() + "; " + expected + " is expected"));
  }
}
