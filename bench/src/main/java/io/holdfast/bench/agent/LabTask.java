package io.holdfast.bench.agent;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What {@link LabProbe} measures. Processes are given as this machine numbers them.
 *
 * @param leader the first process of the host
 * @param agent the packaged agent
 * @param monit the monit that runs beside it
 * @param seed of all random choices
 */
record LabTask(long leader, long agent, long monit, Extent extent, long seed) {

  /** The twin that our agent guards. */
  static final URI AGENTS = URI.create("http://127.0.0.1:8101/health");

  /** The twin that monit guards. */
  static final URI MONITS = URI.create("http://127.0.0.1:8102/health");

  /** The twin that systemd itself restarts at once. */
  static final URI SYSTEMDS = URI.create("http://127.0.0.1:8103/health");

  /** The agent's own page. */
  static final URI METRICS = URI.create("http://127.0.0.1:9777/metrics");

  /** The arguments of {@link LabProbe}. */
  List<String> words() {
    return LongStream.of(
            leader,
            agent,
            monit,
            extent.warmUp().toMillis(),
            extent.window().toMillis(),
            extent.kills(),
            extent.longestPhase().toMillis(),
            seed)
        .mapToObj(Long::toString)
        .toList();
  }

  /** Reads what {@link #words()} wrote. */
  static LabTask of(String... words) {
    long[] number = Arrays.stream(words).mapToLong(Long::parseLong).toArray();
    var extent =
        new Extent(
            Duration.ofMillis(number[3]),
            Duration.ofMillis(number[4]),
            Math.toIntExact(number[5]),
            Duration.ofMillis(number[6]));
    return new LabTask(number[0], number[1], number[2], extent, number[7]);
  }
}
