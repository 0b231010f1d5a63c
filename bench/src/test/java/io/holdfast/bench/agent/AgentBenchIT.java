package io.holdfast.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.bench.Request;
import io.holdfast.bench.report.Report;
import io.holdfast.demo.stage.Machine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole bench in miniature, on the real programs. */
class AgentBenchIT {

  private static final Extent MINIATURE =
      new Extent(Duration.ofMillis(100), Duration.ofSeconds(2), 1, Duration.ofSeconds(5));

  /**
   * ./holdfast test says where things are; without it they are looked for where Debian has them.
   */
  @BeforeAll
  static void findPrograms() throws IOException {
    unlessGiven("holdfast.root", Path.of("..").toRealPath().toString());
    unlessGiven("holdfast.node_exporter", "/usr/bin/prometheus-node-exporter");
    unlessGiven("holdfast.monit", "/usr/bin/monit");
    try (Stream<Path> servers = Files.list(Path.of("/usr/lib/postgresql"))) {
      String newest = servers.map(Path::toString).max(Comparator.naturalOrder()).orElse("");
      unlessGiven("holdfast.postgres.bin", newest + "/bin");
    }
    assumeTrue(
        "true".equals(System.getenv("CI"))
            || Files.exists(Path.of(System.getProperty("holdfast.node_exporter")))
                && Files.exists(Path.of(System.getProperty("holdfast.monit"))),
        "monit or prometheus-node-exporter is not here; ./holdfast install bench-agent brings them");
  }

  private static void unlessGiven(String property, String value) {
    if (System.getProperty(property, "").isEmpty()) {
      System.setProperty(property, value);
    }
  }

  @Test
  void measuresOursAndBothPeersAndLeavesNothingBehind() throws Exception {
    var progress = new ByteArrayOutputStream();
    var request = new Request(true, 7, new PrintStream(progress, true, StandardCharsets.UTF_8));

    Report report = new AgentBench().measure(request, MINIATURE);

    List<String> results =
        report.lines().stream().filter(line -> line.startsWith("RESULT ")).toList();
    assertThat(results)
        .hasSize(6)
        .allMatch(line -> line.matches("RESULT \\S+ [0-9.]+ \\S+ peer \\S+ [0-9.]+ ratio \\S+"));
    assertThat(results.getFirst()).contains("agent_rss_mb", "peer prometheus-node-exporter");
    assertThat(progress.toString(StandardCharsets.UTF_8)).contains("kill 1 of 1");
    Path root = Machine.ofProperties().root();
    assertThat(root.resolve(".holdfast/bench")).doesNotExist();
    assertThat(processesOf(progress.toString(StandardCharsets.UTF_8))).isEmpty();
  }

  /** Processes whose command names the address of the run's collector or its neighbours. */
  private static List<String> processesOf(String progress) throws Exception {
    var net = Pattern.compile("answers on (127\\.\\d+\\.\\d+\\.)").matcher(progress);
    assertThat(net.find()).isTrue();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(path -> path.getFileName().toString().matches("\\d+"))
          .map(AgentBenchIT::command)
          .filter(command -> command.contains(net.group(1)))
          .toList();
    }
  }

  private static String command(Path process) {
    try {
      return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }
}
