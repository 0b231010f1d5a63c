package io.holdfast.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.bench.Request;
import io.holdfast.bench.report.Report;
import io.holdfast.bench.stage.LabScene;
import io.holdfast.lab.Lab;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole bench in miniature, in the lab that is up. */
class AgentLabBenchIT {

  private static final Extent MINIATURE =
      new Extent(Duration.ofMillis(1), Duration.ofSeconds(1), 2, Duration.ofMillis(100));

  private final Lab lab = Lab.find();

  @Test
  void measuresOursAndMonitsUnitAndPutsTheHostBack() throws Exception {
    String before = state();
    var progress = new ByteArrayOutputStream();
    var out = new PrintStream(progress, true, StandardCharsets.UTF_8);

    Report report = new AgentLabBench().measure(new Request(true, 7, out), MINIATURE);

    List<String> results =
        report.lines().stream().filter(line -> line.startsWith("RESULT ")).toList();
    assertThat(results)
        .hasSize(4)
        .allMatch(line -> line.matches("RESULT \\S+ [0-9.]+ \\S+ peer monit [0-9.]+ ratio \\S+"));
    assertThat(progress.toString(StandardCharsets.UTF_8)).contains("kill 2 of 2");
    assertThat(state()).isEqualTo(before);
  }

  /** Whatever the bench changes: plan, allowlist, polkit's rule, units, and what runs. */
  private String state() {
    String plan =
        lab.command("--config", lab.home().resolve("cli.yaml").toString(), "plan", "show")
            .outOrThrow();
    return plan
        + lab.run(
            LabScene.HOST,
            "bash",
            "-c",
            "ls -l /etc/systemd/system /etc/holdfast; ls /var/lib; cat /etc/holdfast/agent.yaml"
                + " /etc/polkit-1/rules.d/50-holdfast-agent.rules; systemctl list-units --all"
                + " --plain --no-legend 'twin-*'");
  }
}
