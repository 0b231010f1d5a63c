package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What shellcheck says of every shell script. */
class ShellScriptsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<String> SCRIPTS =
      List.of(
          "holdfast",
          ".ci/run",
          "agent/src/main/keeper/keeper",
          "lab/host/clock",
          "lab/host/connect",
          "lab/host/network",
          "lab/host/prepare",
          "lab/host/supervise",
          "lab/host/twins",
          "lab/image/recipe",
          "lab/trading/install",
          "packages/build/record",
          "packages/build/stage",
          "packages/build/version",
          "packages/src/main/bin/daemon",
          "packages/src/main/bin/holdfast",
          "packages/src/main/deb/command/postinst",
          "packages/src/main/deb/command/prerm",
          "packages/src/main/deb/daemon/postinst",
          "packages/src/main/deb/daemon/postrm",
          "packages/src/main/deb/daemon/prerm");

  @Test
  void shellcheckFindsNothing() throws Exception {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "shellcheck")));
    assumeTrue(
        there || "true".equals(System.getenv("CI")),
        "shellcheck is not here; ./holdfast install test brings it");
    // The parts in launcher/ are checked through the script that sources them.
    List<String> command = new ArrayList<>(List.of("shellcheck", "-x", "-a"));
    for (String script : SCRIPTS) {
      assertThat(ROOT.resolve(script)).isExecutable();
      command.add(script);
    }
    Process check =
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }
}
