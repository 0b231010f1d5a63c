package io.holdfast.planfile.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliConfigReaderTest {

  @TempDir Path directory;

  @Test
  void readsTheCollectorsInTheirOrder() {
    Path file =
        ConfigFiles.write(
            directory,
            "cli.yaml",
            """
            collectors: ["127.79.0.1:8443", "[::1]:8443", "c.example:1"]
            tls: {certificate: a.crt, key: a.key, ca: ca.crt}
            """);
    CliConfig config = ConfigFiles.valid(CliConfigReader.read(file));
    assertThat(config.collectors())
        .containsExactly(
            new Endpoint("127.79.0.1", 8443),
            new Endpoint("::1", 8443),
            new Endpoint("c.example", 1));
    assertThat(config.tls().key()).isEqualTo(directory.resolve("a.key"));
  }

  @Test
  void refusesWhatItCannotUse() {
    Path file = ConfigFiles.write(directory, "cli.yaml", "collectors: []\ncolour: red\n");
    assertThat(ConfigFiles.problems(directory, CliConfigReader.read(file)))
        .containsExactly(
            "cli.yaml:1:1: the key tls is missing; a mapping is expected",
            "cli.yaml:1:13: collectors: found an empty list; a list with at least one item is"
                + " expected",
            "cli.yaml:2:1: colour: unknown key; allowed here: collectors, tls");
  }

  @Test
  void looksAtTheOptionThenTheVariableThenHomeThenTheSystem() throws IOException {
    Map<String, String> home = Map.of("HOME", directory.toString());
    Map<String, String> named = Map.of("HOME", directory.toString(), "HOLDFAST_CONFIG", "/x.yaml");
    assertThat(CliConfigReader.locate(Optional.of(Path.of("/o.yaml")), named))
        .isEqualTo(Path.of("/o.yaml"));
    assertThat(CliConfigReader.locate(Optional.empty(), named)).isEqualTo(Path.of("/x.yaml"));
    assertThat(CliConfigReader.locate(Optional.empty(), home))
        .isEqualTo(Path.of("/etc/holdfast/cli.yaml"));
    Path own = directory.resolve(".config/holdfast/cli.yaml");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "");
    assertThat(CliConfigReader.locate(Optional.empty(), home)).isEqualTo(own);
  }
}
