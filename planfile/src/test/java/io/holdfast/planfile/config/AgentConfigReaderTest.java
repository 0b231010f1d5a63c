package io.holdfast.planfile.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.planfile.config.AgentConfig.Connection;
import io.holdfast.planfile.config.AgentConfig.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigReaderTest {

  private static final String MINIMAL =
      """
      host: trade-a
      collectors: ["127.79.0.1:7443"]
      tls: {certificate: a.crt, key: a.key, ca: ca.crt}
      """;

  @TempDir Path directory;

  private ConfigResult<AgentConfig> read(String text, Map<String, String> environment) {
    return AgentConfigReader.read(ConfigFiles.write(directory, "agent.yaml", text), environment);
  }

  private List<String> problems(String text) {
    return ConfigFiles.problems(directory, read(text, Map.of()));
  }

  @Test
  void aMinimalFileHasTheDefaults() {
    AgentConfig config = ConfigFiles.valid(read(MINIMAL, Map.of()));
    assertThat(config)
        .isEqualTo(
            new AgentConfig(
                "trade-a",
                List.of(new Endpoint("127.79.0.1", 7443)),
                new TlsFiles(
                    directory.resolve("a.crt"),
                    directory.resolve("a.key"),
                    directory.resolve("ca.crt")),
                Path.of("/var/lib/holdfast/agent"),
                Path.of("/run/holdfast/agent"),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                16L << 20,
                Optional.of(new Metrics(new Endpoint("127.0.0.1", 9777), Optional.empty()))));
  }

  @Test
  void readsEveryKeyAndResolvesPathsAgainstItsOwnDirectory() throws IOException {
    Files.writeString(directory.resolve("pw"), "hunter2\n");
    String text =
        MINIMAL
            + """
            state_directory: state
            run_directory: /run/x
            local_address: 127.78.0.1
            services:
              api_server:
                command: [java, -cp, x.jar, Main, 8000]
                environment: {PORT: 8000, TOKEN: "${env:TOKEN}", EMPTY: ""}
                working_directory: api
                user: nobody
              worker: {command: [bin/worker]}
            connections:
              trading: {database: trading, user: holdfast, password: "${file:pw}"}
              other: {host: 10.0.0.9, port: 6432, database: d, user: u}
            paths: {/var/lib/collector/last: files/last}
            spool: {max_size: 64KiB}
            """;
    AgentConfig config = ConfigFiles.valid(read(text, Map.of("TOKEN", "t0ken")));
    assertThat(config.stateDirectory()).isEqualTo(directory.resolve("state"));
    assertThat(config.runDirectory()).isEqualTo(Path.of("/run/x"));
    assertThat(config.localAddress()).contains("127.78.0.1");
    ManagedService.Command api = config.commands().get("api_server");
    assertThat(api.command()).containsExactly("java", "-cp", "x.jar", "Main", "8000");
    assertThat(api.revealedEnvironment())
        .isEqualTo(Map.of("PORT", "8000", "TOKEN", "t0ken", "EMPTY", ""));
    assertThat(api.workingDirectory()).isEqualTo(directory.resolve("api"));
    assertThat(api.user()).contains("nobody");
    assertThat(config.services().get("worker"))
        .isEqualTo(
            new ManagedService.Command(
                List.of("bin/worker"), Map.of(), directory, Optional.empty()));
    assertThat(config.connections())
        .containsExactly(
            Map.entry(
                "trading",
                new Connection(
                    "127.0.0.1", 5432, "trading", "holdfast", Optional.of(new Secret("hunter2")))),
            Map.entry("other", new Connection("10.0.0.9", 6432, "d", "u", Optional.empty())));
    assertThat(config.paths())
        .containsExactly(Map.entry("/var/lib/collector/last", directory.resolve("files/last")));
    assertThat(config.spoolMaxBytes()).isEqualTo(64L << 10);
    assertThat(config.toString()).doesNotContain("hunter2").doesNotContain("t0ken").contains("***");
  }

  @Test
  void reportsAllProblemsInTheOrderOfTheFile() {
    String text =
        """
        host: Trade A
        collectors: [127.0.0.1]
        tls: {certificate: b.crt, key: a.key, ca: ca.crt}
        servces: {}
        connections:
          trading: {port: 0, user: u}
        spool: {max_size: 1KiB}
        """;
    assertThat(problems(text))
        .containsExactly(
            "agent.yaml:1:7: host: found \"Trade A\"; a name of a-z, 0-9 and '-', at most 63"
                + " characters, such as trade-a, is expected",
            "agent.yaml:2:14: collectors[0]: found \"127.0.0.1\"; an address and port such as"
                + " 127.0.0.1:7443 is expected",
            "agent.yaml:3:20: tls.certificate: there is no file b.crt",
            "agent.yaml:4:1: servces: unknown key; allowed here: collectors, connections, host,"
                + " jobs, local_address, paths, run_directory, services, spool, state_directory, tls."
                + " Did you mean services?",
            "agent.yaml:6:3: connections.trading: the key database is missing; text is expected",
            "agent.yaml:6:19: connections.trading.port: found 0; a whole number from 1 to 65535"
                + " is expected",
            "agent.yaml:7:19: spool.max_size: found \"1KiB\"; a size from 64KiB to 1GiB is"
                + " expected");
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(problems("{}"))
        .containsExactly(
            "agent.yaml:1:1: the key collectors is missing; a list is expected",
            "agent.yaml:1:1: the key host is missing; a name of a-z, 0-9 and '-', at most 63"
                + " characters, such as trade-a, is expected",
            "agent.yaml:1:1: the key tls is missing; a mapping is expected");
    assertThat(problems(MINIMAL + "services: {a: {}}\n"))
        .containsExactly(
            "agent.yaml:4:12: services.a: the key command is missing; a list is expected");
    assertThat(problems(MINIMAL + "services: {a: {command: []}}\n"))
        .containsExactly(
            "agent.yaml:4:25: services.a.command: found an empty list; a list with at least one"
                + " item is expected");
  }

  @Test
  void reportsAMisspeltRequiredKeyOnce() {
    assertThat(problems(MINIMAL.replace("host:", "hots:")))
        .singleElement()
        .asString()
        .endsWith("Did you mean host?");
  }

  @Test
  void refusesASecretThatStandsInTheFileWithoutShowingIt() {
    assertThat(problems(withPassword("hunter2")))
        .containsExactly(
            "agent.yaml:5:45: connections.trading.password: found something else; a reference"
                + " ${file:PATH}, ${env:NAME} or ${credential:NAME} is expected (secrets do not stand here)");
  }

  @Test
  void refusesASecretThatCannotBeFound() throws IOException {
    assertThat(problems(withPassword("${env:NOPE}")))
        .containsExactly(
            "agent.yaml:5:45: connections.trading.password: the environment variable NOPE is not"
                + " set");
    assertThat(problems(withPassword("${file:nope}")))
        .containsExactly(
            "agent.yaml:5:45: connections.trading.password: the secret's file: nope: there is no"
                + " such file");
    Files.writeString(directory.resolve("empty"), "\n");
    assertThat(problems(withPassword("${file:empty}")))
        .containsExactly(
            "agent.yaml:5:45: connections.trading.password: the secret's file empty is empty");
  }

  private static String withPassword(String password) {
    return MINIMAL
        + "connections:\n  trading: {database: d, user: u, password: \""
        + password
        + "\"}\n";
  }

  @Test
  void refusesAMissingFileAndBrokenYaml() {
    Path absent = directory.resolve("absent.yaml");
    assertThat(ConfigFiles.problems(directory, AgentConfigReader.read(absent)))
        .containsExactly("absent.yaml: there is no such file");
    assertThat(problems("host: {\n")).hasSize(1);
    assertThat(problems("host: a\nhost: b\n")).anyMatch(p -> p.contains("this key stands twice"));
  }

  private Optional<Metrics> metrics(String more) {
    return ConfigFiles.valid(read(MINIMAL + more, Map.of())).metrics();
  }

  @Test
  void metricsAreShownAtTheHostsOwnLoopbackAddressUnlessTheFileSaysOtherwise() {
    assertThat(metrics("local_address: 127.78.0.2"))
        .contains(new Metrics(new Endpoint("127.78.0.2", 9777), Optional.empty()));
    assertThat(metrics("local_address: 10.0.0.7"))
        .contains(new Metrics(new Endpoint("127.0.0.1", 9777), Optional.empty()));
    assertThat(metrics("metrics: {address: 127.0.0.9, port: 0}"))
        .contains(new Metrics(new Endpoint("127.0.0.9", 0), Optional.empty()));
    assertThat(
            metrics(
                "metrics: {address: 0.0.0.0, tls: {certificate: a.crt, key: a.key, ca: ca.crt}}"))
        .contains(
            new Metrics(
                new Endpoint("0.0.0.0", 9777),
                Optional.of(
                    new TlsFiles(
                        directory.resolve("a.crt"),
                        directory.resolve("a.key"),
                        directory.resolve("ca.crt")))));
    assertThat(metrics("metrics: {enabled: false}")).isEmpty();
  }

  @Test
  void refusesToShowMetricsToTheNetworkWithoutTls() {
    assertThat(problems(MINIMAL + "metrics: {address: 0.0.0.0}"))
        .singleElement()
        .asString()
        .contains("4:20", "metrics.address", "a loopback address", "any address with tls");
    assertThat(
            problems(
                MINIMAL
                    + "metrics: {address: 0.0.0.0, tls: {certificate: no.crt, key: a.key, ca: ca.crt}}"))
        .singleElement()
        .asString()
        .contains("there is no file", "no.crt");
    assertThat(problems(MINIMAL + "metrics: {prot: 1}"))
        .singleElement()
        .asString()
        .contains("prot", "port");
    assertThat(problems(MINIMAL + "metrics: {port: 65536}")).hasSize(1);
    assertThat(problems(MINIMAL + "metrics: {enabled: perhaps}")).hasSize(1);
  }

  private List<String> unitProblems(String services) {
    return problems(MINIMAL + "services:\n" + services);
  }

  @Test
  void readsUnits() {
    AgentConfig config =
        ConfigFiles.valid(
            read(
                MINIMAL
                    + """
                    services:
                      api_server: {unit: api-server.service}
                      database: {unit: postgresql@15-main.service}
                      odd: {unit: 'a\\x2db:1.service'}
                    """,
                Map.of()));
    assertThat(config.units())
        .containsExactly(
            Map.entry("api_server", new ManagedService.Unit("api-server.service")),
            Map.entry("database", new ManagedService.Unit("postgresql@15-main.service")),
            Map.entry("odd", new ManagedService.Unit("a\\x2db:1.service")));
    assertThat(config.commands()).isEmpty();
  }

  @Test
  void refusesUnitsThatAreNoServicesOfTheirOwn() {
    for (String unit :
        List.of(
            "api-server.timer",
            "postgresql@.service",
            "holdfast-agent.service",
            "holdfast-collector.service",
            "holdfast-job-write_probe@disk.service",
            "../x.service",
            "a b.service",
            "'a\";x.service'",
            ".service",
            "é.service")) {
      assertThat(unitProblems("  a: {unit: " + unit + "}\n"))
          .as(unit)
          .singleElement()
          .asString()
          .contains("agent.yaml:5:13: services.a.unit: found", "a .service unit");
    }
    assertThat(unitProblems("  a: {unit: api-server}\n"))
        .singleElement()
        .asString()
        .endsWith("Did you mean api-server.service?");
    assertThat(unitProblems("  a: {unit: /lib/systemd/system/x.service}\n"))
        .singleElement()
        .asString()
        .endsWith("Did you mean x.service?");
  }

  @Test
  void refusesToMixUnitsAndCommands() {
    assertThat(
            unitProblems(
                """
                  a: {unit: a.service}
                  b: {command: [x]}
                  c: {unit: c.service, command: [x]}
                  d: {unit: a.service}
                  e: {unit: e.service, user: nobody}
                  f: {untt: f.service}
                """))
        .containsExactly(
            "agent.yaml:6:16: services.b.command: the services of one file have all a command or"
                + " all a unit; a has a unit",
            "agent.yaml:7:13: services.c.unit: a service has a command or a unit, not both",
            "agent.yaml:8:13: services.d.unit: it is already the unit of a; each service has its"
                + " own",
            "agent.yaml:9:24: services.e.user: unknown key; allowed here: command, unit",
            "agent.yaml:10:3: services.f: the key command is missing; a list is expected",
            "agent.yaml:10:7: services.f.untt: unknown key; allowed here: command, environment,"
                + " unit, user, working_directory. Did you mean unit?");
  }
}
