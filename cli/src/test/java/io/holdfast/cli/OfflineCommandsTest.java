package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineCommandsTest {
  private static final Path EXAMPLE = Path.of("../docs/examples/ai-trader.plan.yaml");

  @TempDir Path temp;

  private static Invocation run(String... arguments) {
    return new Invocation().run(arguments);
  }

  @Test
  void theShippedExampleIsFine() throws Exception {
    Invocation check = run("plan", "check", EXAMPLE.toString());
    assertThat(check.exitCode).isEqualTo(ExitCode.FINE);
    assertThat(check.out).contains("fine. ai-trader: services: 5, hosts: 2").contains("sha256:");
    JsonNode json =
        new ObjectMapper().readTree(run("plan", "check", "-o", "json", EXAMPLE.toString()).out);
    assertThat(json.at("/valid").asBoolean()).isTrue();
    assertThat(json.at("/hash").asText()).startsWith("sha256:");
  }

  @Test
  void aMisspeltKeyIsToldWithItsPlaceAndASuggestion() throws Exception {
    Path broken =
        Files.writeString(
            temp.resolve("plan.yaml"),
            Files.readString(EXAMPLE).replace("critical: true", "critcal: true"));
    Invocation check = run("plan", "check", broken.toString());
    assertThat(check.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(check.out)
        .containsPattern("plan\\.yaml:\\d+:\\d+: services\\.database\\.critcal: unknown key")
        .contains("critical");
    JsonNode json =
        new ObjectMapper().readTree(run("plan", "check", "-o", "json", broken.toString()).out);
    assertThat(json.at("/valid").asBoolean(true)).isFalse();
    assertThat(json.at("/problems/0/line").asInt()).isPositive();
  }

  @Test
  void aMissingPlanIsAMessage() {
    Invocation check = run("plan", "check", temp.resolve("none").toString());
    assertThat(check.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(check.out).contains("there is no such file");
  }

  @Test
  void pkiDemoMakesCertificatesOnce() {
    Path directory = temp.resolve("pki");
    String[] command = {
      "pki", "demo", "--directory", directory.toString(), "--host", "a", "b", "--collector", "c"
    };
    assertThat(run(command).exitCode).isEqualTo(ExitCode.FINE);
    assertThat(directory.resolve("hosts/b.key")).exists();
    Invocation again = run(command);
    assertThat(again.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(again.err).contains("is not overwritten");
  }

  @Test
  void wrongUsageIsAMessageWithASuggestion() {
    Invocation unknown = run("statsu");
    assertThat(unknown.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(unknown.err).contains("there is no command or argument statsu", "status");
    assertThat(run("status", "--wach").err).contains("there is no option --wach", "--watch");
    assertThat(run("status", "-o", "xml").err).contains("this is no value for --output", "xml");
    assertThat(run("plan", "check").err).contains("missing: FILE");
    assertThat(run().err).contains("a command is missing");
    assertThat(run("--lang", "fr", "status").err).contains("no such language: fr", "en, zh-TW");
    assertThat(run("--lang", "zh-TW", "statsu").err).contains("沒有這個指令");
  }

  @Test
  void withoutAConfigurationItSaysWhereItLooked() throws Exception {
    Invocation nowhere = new Invocation().with("HOME", temp.toString()).run("status");
    assertThat(nowhere.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(nowhere.err).contains("--config", "HOLDFAST_CONFIG", "~/.config/holdfast/cli.yaml");
    Invocation named = new Invocation().with("HOLDFAST_CONFIG", "/no/such").run("status");
    assertThat(named.err).contains("/no/such: there is no such file (named by HOLDFAST_CONFIG)");
    Path broken = Files.writeString(temp.resolve("cli.yaml"), "colectors: []\n");
    Invocation invalid = run("status", "--config", broken.toString());
    assertThat(invalid.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(invalid.err).contains("cli.yaml:1:1", "collectors").doesNotContain("Exception");
  }

  @Test
  void helpAndVersionEndWithZero() {
    for (String[] command :
        new String[][] {{"--help"}, {"plan", "--help"}, {"pki", "demo", "-h"}, {"--version"}}) {
      Invocation help = run(command);
      assertThat(help.exitCode).isEqualTo(ExitCode.FINE);
      assertThat(help.out).containsIgnoringCase("holdfast");
    }
    assertThat(run("--lang", "zh-TW", "status", "--help").out).contains("用法", "選項");
  }
}
