package io.holdfast.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversIT {

  @TempDir Path root;

  @Test
  void theNextRunCleansUpAfterADemoThatWasKilledAndNotBefore() throws Exception {
    Process demo = halfStage();
    RunFolder run = new RunFolder(Path.of(readLine(demo)));
    Eventually.until("its processes run", () -> ProcessTable.of(run).size() >= 3);

    assertThatThrownBy(() -> DemoHome.take(root))
        .isInstanceOfSatisfying(
            StageException.class, refused -> assertThat(refused.exitCode()).isEqualTo(3))
        .hasMessageContaining("process " + demo.pid());
    assertThat(ProcessTable.of(run)).hasSizeGreaterThanOrEqualTo(3);

    Signals.send("KILL", demo.pid());
    demo.waitFor();
    assertThat(ProcessTable.of(run)).hasSizeGreaterThanOrEqualTo(3);

    DemoHome next = DemoHome.take(root);
    assertThat(next.stale()).isEqualTo(Optional.of(run));
    var leftovers = new Leftovers(run);
    leftovers.endProcesses();
    leftovers.removeFiles();
    next.forget();
    next.close();

    assertThat(ProcessTable.of(run)).isEmpty();
    assertThat(run.path()).doesNotExist();
    assertThat(root).isEmptyDirectory();
  }

  private Process halfStage() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            HalfStage.class.getName(),
            root.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String readLine(Process process) throws Exception {
    var in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
    String line = new BufferedReader(in).readLine();
    assertThat(line).as("the run folder that the half stage prints").isNotNull();
    return line;
  }
}
