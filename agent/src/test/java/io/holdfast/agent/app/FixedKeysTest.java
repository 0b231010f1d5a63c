package io.holdfast.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.AgentConfigReader;
import io.holdfast.planfile.config.ConfigResult;
import io.holdfast.planfile.config.Reread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedKeysTest {
  private static final String FILE =
      """
      host: trade-a
      collectors: ["10.0.0.20:7443"]
      tls: {certificate: pem, key: pem, ca: pem}
      state_directory: state
      run_directory: run
      local_address: 127.78.0.1
      services: {engine: {command: [sleep, "1"]}}
      connections: {trading: {database: trading, user: holdfast}}
      paths: {/a: /b}
      spool: {max_size: 1MiB}
      metrics: {port: 9777}
      """;

  @TempDir Path directory;

  private AgentConfig read(String text) throws IOException {
    Files.writeString(directory.resolve("pem"), "");
    Path file = Files.writeString(directory.resolve("agent.yaml"), text);
    if (AgentConfigReader.read(file) instanceof ConfigResult.Valid<AgentConfig> valid) {
      return valid.config();
    }
    throw new AssertionError(AgentConfigReader.read(file));
  }

  private Reread<AgentConfig> reread(String other) throws IOException {
    AgentConfig before = read(FILE);
    return Reread.of(new ConfigResult.Valid<>(read(other)), before, FixedKeys.ALL);
  }

  @Test
  void whatAReloadTakesIsNotAmongThem() throws Exception {
    String other =
        FILE.replace("10.0.0.20", "10.0.0.21")
            .replace("certificate: pem", "certificate: ./pem")
            .replace("engine: {command: [sleep, \"1\"]}", "web: {command: [sleep, \"2\"]}")
            .replace("database: trading", "database: other")
            .replace("/a: /b", "/a: /c");
    assertThat(read(other)).isNotEqualTo(read(FILE));
    assertThat(reread(other)).isInstanceOf(Reread.Fresh.class);
  }

  @Test
  void everyOneIsNamed() throws Exception {
    String other =
        FILE.replace("trade-a", "trade-b")
            .replace("state_directory: state", "state_directory: s")
            .replace("run_directory: run", "run_directory: r")
            .replace("127.78.0.1", "127.78.0.2")
            .replace("command: [sleep, \"1\"]", "unit: engine.service")
            .replace("1MiB", "2MiB")
            .replace("9777", "9778");
    assertThat(reread(other))
        .isEqualTo(
            new Reread.Refused<AgentConfig>(
                List.of(
                    "a change of host, state_directory, run_directory, local_address, services"
                        + " (between command and unit), spool, metrics needs a restart; nothing of"
                        + " the file was applied")));
  }
}
