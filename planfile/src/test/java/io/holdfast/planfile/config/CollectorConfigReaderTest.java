package io.holdfast.planfile.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorConfigReaderTest {

  private static final String MINIMAL =
      """
      name: collector-1
      ledger: {tls: {certificate: a.crt, key: a.key, ca: ca.crt}}
      tls: {certificate: a.crt, key: a.key, ca: ca.crt}
      """;

  @TempDir Path directory;

  private ConfigResult<CollectorConfig> read(String text) {
    return CollectorConfigReader.read(ConfigFiles.write(directory, "collector.yaml", text));
  }

  private List<String> problems(String text) {
    return ConfigFiles.problems(directory, read(text));
  }

  @Test
  void aMinimalFileHasTheDefaults() {
    TlsFiles tls =
        new TlsFiles(
            directory.resolve("a.crt"), directory.resolve("a.key"), directory.resolve("ca.crt"));
    assertThat(ConfigFiles.valid(read(MINIMAL)))
        .isEqualTo(
            new CollectorConfig(
                "collector-1",
                new Endpoint("0.0.0.0", 7443),
                new Endpoint("0.0.0.0", 8443),
                new Endpoint("127.0.0.1", 7444),
                tls,
                tls,
                Path.of("/var/lib/holdfast/collector"),
                Path.of("/run/holdfast/collector"),
                false,
                Optional.empty()));
  }

  @Test
  void readsEveryKey() {
    CollectorConfig config =
        ConfigFiles.valid(
            read(
                MINIMAL.replace("ledger: {", "ledger: {address: 127.79.0.1, port: 0, ")
                    + """
                    agents: {address: 127.79.0.1, port: 0}
                    api: {address: "::1", port: 9443}
                    state_directory: state
                    run_directory: ../run
                    dashboard: {anonymous_viewer: true}
                    """));
    assertThat(config.ledger()).isEqualTo(new Endpoint("127.79.0.1", 0));
    assertThat(config.agents()).hasToString("127.79.0.1:0");
    assertThat(config.api()).hasToString("[::1]:9443");
    assertThat(config.stateDirectory()).isEqualTo(directory.resolve("state"));
    assertThat(config.runDirectory()).isEqualTo(directory.getParent().resolve("run"));
    assertThat(config.anonymousViewer()).isTrue();
  }

  @Test
  void reportsAllProblems() {
    assertThat(
            problems(
                """
                name: collector-1
                agents: {adress: 127.0.0.1, port: 70000}
                api: 8443
                ledger: {port: 1}
                tls: {certificate: a.crt, key: nope.key}
                dashboard: {anonymous_viewer: on}
                """))
        .containsExactly(
            "collector.yaml:2:10: agents.adress: unknown key; allowed here: address, port."
                + " Did you mean address?",
            "collector.yaml:2:35: agents.port: found 70000; a whole number from 0 to 65535 is"
                + " expected",
            "collector.yaml:3:6: api: found 8443; a mapping (key: value) is expected",
            "collector.yaml:4:1: ledger: the key tls is missing; a mapping is expected",
            "collector.yaml:5:1: tls: the key ca is missing; a path is expected",
            "collector.yaml:5:32: tls.key: there is no file nope.key",
            "collector.yaml:6:31: dashboard.anonymous_viewer: found \"on\"; true or false is"
                + " expected. Did you mean true?");
  }

  private static final String WITH_AUTHORITY =
      """
      name: collector-1
      ledger: {tls: {certificate: a.crt, key: a.key, ca: ca.crt}}
      tls: {certificate: state/collector.pem, key: state/collector.pem, ca: ca.crt}
      authority: {certificate: a.crt, key: "${credential:intermediate.key}", addresses: [10.0.0.20]}
      """;

  private ConfigResult<CollectorConfig> read(String text, Map<String, String> environment) {
    return CollectorConfigReader.read(
        ConfigFiles.write(directory, "collector.yaml", text), environment);
  }

  @Test
  void theKeyOfTheAuthorityIsACredentialOfTheUnit() throws Exception {
    Path credentials = Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(credentials.resolve("intermediate.key"), "the key\n");
    Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", credentials.toString());
    CollectorConfig config = ConfigFiles.valid(read(WITH_AUTHORITY, environment));
    AuthorityConfig authority = config.authority().orElseThrow();
    assertThat(authority.key().reveal()).isEqualTo("the key");
    assertThat(authority.ca()).isEqualTo(directory.resolve("ca.crt"));
    assertThat(authority.addresses()).containsExactly("10.0.0.20");
    assertThat(authority.lifetime()).isEqualTo(Duration.ofDays(7));
    assertThat(config.toString()).doesNotContain("the key");
  }

  @Test
  void anAuthorityThatCannotWorkIsRefused() {
    String own = "tls: {certificate: a.crt, key: a.key, ca: ca.crt}";
    assertThat(
            problems(
                """
                name: collector-1
                ledger: {tls: {certificate: a.crt, key: a.key, ca: ca.crt}}
                %s
                authority: {certificate: no.crt, key: plain, addresses: [], lifetime: 30m}
                """
                    .formatted(own)))
        .containsExactly(
            "collector.yaml:4:12: authority: the collector makes its own certificate, so"
                + " tls.certificate and tls.key must name the same file, which it replaces as a"
                + " whole",
            "collector.yaml:4:26: authority.certificate: there is no file no.crt",
            "collector.yaml:4:39: authority.key: found something else; a reference ${file:PATH},"
                + " ${env:NAME} or ${credential:NAME} is expected (secrets do not stand here)",
            "collector.yaml:4:57: authority.addresses: found an empty list; a list with at least"
                + " one item is expected",
            "collector.yaml:4:71: authority.lifetime: found \"30m\"; a duration from 1h to 30d is"
                + " expected");
    assertThat(ConfigFiles.problems(directory, read(WITH_AUTHORITY, Map.of())))
        .containsExactly(
            "collector.yaml:4:38: authority.key: CREDENTIALS_DIRECTORY is not set: systemd sets it"
                + " for a unit with LoadCredential=intermediate.key:FILE");
  }
}
