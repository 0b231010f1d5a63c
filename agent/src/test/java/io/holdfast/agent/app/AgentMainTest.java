package io.holdfast.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentMainTest {
  @TempDir Path directory;
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private String agentYaml(String services) throws Exception {
    for (String pem : List.of("a.crt", "a.key", "ca.crt")) {
      file(pem, "");
    }
    return file(
        "agent.yaml",
        """
        host: trade-a
        collectors: ["127.79.0.1:7443"]
        tls: {certificate: a.crt, key: a.key, ca: ca.crt}
        """
            + services);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysItsVersion() {
    assertThat(AgentMain.run(List.of("--version"))).isZero();
    assertThat(out()).startsWith("holdfast-agent ").contains(Build.id());
  }

  @Test
  void listsEveryVerb() {
    assertThat(AgentMain.run(List.of("--help"))).isZero();
    assertThat(out()).contains("run AGENT_YAML", "check AGENT_YAML", "--version", "--help");
  }

  @Test
  void refusesNothingAnUnknownOptionAndTooManyArguments() {
    assertThat(AgentMain.run(List.of())).isEqualTo(2);
    assertThat(AgentMain.run(List.of("--versoin"))).isEqualTo(2);
    assertThat(AgentMain.run(List.of("check"))).isEqualTo(2);
    assertThat(AgentMain.run(List.of("check", "a", "b"))).isEqualTo(2);
    assertThat(AgentMain.run(List.of("a", "b"))).isEqualTo(2);
    assertThat(err())
        .contains("there is no option --versoin", "AGENT_YAML", "holdfast-agent --help")
        .doesNotContain("\tat ");
  }

  @Test
  void checksAFileAndSaysWhatIsWrong() throws Exception {
    assertThat(AgentMain.run(List.of("check", agentYaml("")))).isZero();
    assertThat(AgentMain.run(List.of("check", agentYaml("servces: {}\n")))).isEqualTo(2);
    assertThat(err()).contains("agent.yaml:4:1: servces: unknown key", "Did you mean services?");
  }

  @Test
  void aFileWithoutAVerbIsRunAndRefusedWhenItIsNotThere() {
    assertThat(AgentMain.run(List.of(directory.resolve("no.yaml").toString()))).isEqualTo(2);
    assertThat(err()).contains("no.yaml: there is no such file");
  }

  @Test
  void rendersWhatAHostNeedsForItsUnits() throws Exception {
    String yaml = agentYaml("services: {b: {unit: b.service}, a: {unit: a@1.service}}\n");
    assertThat(AgentMain.run(List.of("render", "units", yaml))).isZero();
    assertThat(out()).isEqualTo("a@1.service\nb.service\n");
    assertThat(AgentMain.run(List.of("render", "dropin", yaml, "b.service"))).isZero();
    assertThat(AgentMain.run(List.of("render", "polkit", yaml))).isZero();
    assertThat(AgentMain.run(List.of("render", "files", yaml))).isZero();
    assertThat(out()).contains("Restart=no", "[\"a@1.service\", \"b.service\"]");
  }

  @Test
  void rendersNothingForOtherUnitsForCommandsAndForNonsense() throws Exception {
    String yaml = agentYaml("services: {b: {unit: b.service}}\n");
    assertThat(AgentMain.run(List.of("render", "dropin", yaml, "c.service"))).isEqualTo(2);
    assertThat(AgentMain.run(List.of("render", "dropin", yaml))).isEqualTo(2);
    assertThat(AgentMain.run(List.of("render", "all", yaml))).isEqualTo(2);
    String commands = agentYaml("services: {b: {command: [b]}}\n");
    assertThat(AgentMain.run(List.of("render", "polkit", commands))).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err()).contains("c.service is not among the units", "are commands, not units");
  }
}
