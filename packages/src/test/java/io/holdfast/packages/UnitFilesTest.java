package io.holdfast.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What systemd says of the units. */
class UnitFilesTest {
  @TempDir private Path directory;

  @BeforeEach
  void needsSystemd() {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "systemd-analyze")));
    assumeTrue(
        there || "true".equals(System.getenv("CI")),
        "systemd-analyze is not here; ./holdfast install test brings it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "collector", "job-write_probe@"})
  void littleIsLeftOpen(String program) throws Exception {
    Said said =
        Said.by(
            List.of(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--threshold=20",
                "--no-pager",
                unit(program).toString()));
    assertThat(said.code()).as(said.text()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "collector", "job-write_probe@"})
  void everyLineIsUnderstood(String program) throws Exception {
    // The programs are not installed here, and a missing one would be all that it speaks of.
    Path file = directory.resolve("holdfast-" + program + ".service");
    String text =
        Files.readString(unit(program)).replace("/usr/bin/holdfast-", "/bin/true holdfast-");
    Files.writeString(file, text);
    Said said = Said.by(List.of("systemd-analyze", "verify", "--man=no", file.toString()));
    assertThat(said.text().lines().filter(line -> line.contains("holdfast-"))).isEmpty();
  }

  private static Path unit(String program) {
    return Said.ROOT.resolve("systemd/holdfast-" + program + ".service");
  }
}
