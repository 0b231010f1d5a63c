package io.holdfast.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.demo.trading.TradingEngine;
import io.holdfast.pki.DemoPki;
import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.AgentConfigReader;
import io.holdfast.planfile.config.CliConfigReader;
import io.holdfast.planfile.config.CollectorConfigReader;
import io.holdfast.planfile.config.ConfigResult;
import io.holdfast.planfile.config.ConfigResult.Invalid;
import io.holdfast.planfile.config.ConfigResult.Valid;
import io.holdfast.planfile.config.ManagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the demo writes is what the programs read. */
class ConfigurationTest {

  private final RunFolder run = RunFolder.named().make();
  private final Configuration configuration =
      new Configuration(
          new Machine(
              Path.of("/checkout"), Path.of("/jdk/bin/java"), Path.of("/pg"), Path.of("/k")),
          Place.demo(),
          run,
          5544);

  @BeforeEach
  void secrets() {
    DemoPki.create(
        run.pki(), List.of("trade-a", "trade-b"), List.of("collector-1"), List.of("127.79.0.1"));
    Secret.write(run.monitorPassword());
  }

  @AfterEach
  void delete() throws IOException {
    run.delete();
  }

  @Test
  void theHostOfTheEngineMayStartFourServicesAndOnlyObservesTheDatabase() throws IOException {
    AgentConfig agent = agent("trade-a");

    assertThat(agent.services().keySet())
        .containsExactly("api_server", "trading_engine", "data_collector", "web_ui");
    assertThat(agent.localAddress()).contains("127.78.0.1");
    assertThat(agent.connections().get("trading").port()).isEqualTo(5544);
    assertThat(agent.paths().get("/var/lib/collector/last").toString())
        .isEqualTo(configuration.collected("trade-a").toString());
    ManagedService.Command engine = agent.commands().get("trading_engine");
    assertThat(engine.command())
        .startsWith("/jdk/bin/java")
        .contains(TradingEngine.class.getName(), "--address=127.78.0.1", "--port=8001");
    assertThat(engine.revealedEnvironment())
        .containsEntry(RunFolder.VARIABLE, run.path().toString());
  }

  @Test
  void theOtherHostMayNotStartTheExclusiveEngine() throws IOException {
    assertThat(agent("trade-b").services()).doesNotContainKey("trading_engine");
  }

  @Test
  void theCollectorAndTheCommandLineAreReadAsWell() throws IOException {
    var collector = valid(CollectorConfigReader.read(write(configuration.collectorYaml())));
    var cli = valid(CliConfigReader.read(write(configuration.cliYaml())));

    assertThat(collector.anonymousViewer()).isTrue();
    assertThat(cli.collectors()).containsExactly(collector.api());
  }

  private AgentConfig agent(String host) throws IOException {
    return valid(AgentConfigReader.read(write(configuration.agentYaml(host))));
  }

  private Path write(String yaml) throws IOException {
    Path file = run.path().resolve("some.yaml");
    return Files.writeString(file, yaml);
  }

  private static <T> T valid(ConfigResult<T> result) {
    return switch (result) {
      case Valid<T> good -> good.config();
      case Invalid<T> bad -> throw new AssertionError(bad.problems().toString());
    };
  }
}
