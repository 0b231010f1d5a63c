package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What yamllint, ansible-lint and Ansible itself say of the roles, and what needs no hosts. */
class AnsibleTest {
  private static final Path ANSIBLE = Repository.ROOT.resolve("ansible");

  @TempDir private Path temp;

  /** How a program ended, and all that it said. */
  private record Ended(int exitCode, String text) {}

  @Test
  void yamllintFindsNothing() throws Exception {
    Ended ended = run("yamllint", "--strict", "-c", ".yamllint", ".");
    assertThat(ended.exitCode()).as(ended.text()).isZero();
  }

  @Test
  void ansibleLintFindsNothingByTheRulesForProduction() throws Exception {
    Ended ended = run("ansible-lint", "--offline", "--strict", "--nocolor", "-p");
    assertThat(ended.exitCode()).as(ended.text()).isZero();
  }

  @Test
  void everySkippedRuleHasItsReasonBesideIt() throws Exception {
    List<String> silent = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ANSIBLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> lines = Files.readAllLines(file);
        boolean skips = file.endsWith(".ansible-lint");
        for (int i = 0; i < lines.size(); i++) {
          boolean skipped = lines.get(i).contains("noqa") || (skips && isRule(lines.get(i)));
          if (skipped && (i == 0 || !lines.get(i - 1).strip().startsWith("#"))) {
            silent.add(ANSIBLE.relativize(file) + ":" + (i + 1));
          }
        }
      }
    }
    assertThat(silent).as("a comment above says why the rule does not hold here").isEmpty();
  }

  private static boolean isRule(String line) {
    return line.matches(" +- [a-z-]+(\\[[a-z-]+])?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"site.yml", "upgrade.yml", "uninstall.yml"})
  void everyPlaybookCanBeReadWithTheExampleOfAnInventory(String playbook) throws Exception {
    Ended ended =
        run("ansible-playbook", "--syntax-check", "-i", "inventory.example.yml", playbook);
    assertThat(ended.exitCode()).as(ended.text()).isZero();
    assertThat(ended.text()).doesNotContain("WARNING");
  }

  @Test
  void anInventoryWithoutCollectorsIsRefused() throws Exception {
    Ended ended = play("all: {children: {holdfast_agents: {hosts: {trade-a: {}}}}}");
    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(2);
    assertThat(ended.text())
        .contains("nothing was changed", "no collectors", "group holdfast_collectors");
  }

  @Test
  void namesThatAreNoneAndAddressesThatAreThereTwiceAreAllNamed() throws Exception {
    Ended ended =
        play(
            """
            all:
              children:
                holdfast_collectors: {hosts: {collector_1: {ansible_host: 10.0.0.20}}}
                holdfast_agents:
                  hosts: {trade-a: {ansible_host: 10.0.0.11}, trade-b: {ansible_host: 10.0.0.11}}
            """);
    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(2);
    assertThat(ended.text())
        .contains("collector_1: no name of a host")
        .contains("trade-b: has the address 10.0.0.11:22, which trade-a has");
  }

  @Test
  void aPackageThatIsMissingOrThereTwiceStopsBeforeAnyHostIsReached() throws Exception {
    String inventory = "all: {children: {holdfast_collectors: {hosts: {collector-1: {}}}}}";
    Ended missing = play(inventory);
    assertThat(missing.exitCode()).as(missing.text()).isEqualTo(2);
    assertThat(missing.text())
        .contains("There is no package holdfast-collector in " + temp)
        .doesNotContain("Reach the host");
    Files.createFile(temp.resolve("holdfast-collector_1.0_amd64.deb"));
    Files.createFile(temp.resolve("holdfast-collector_1.1_amd64.deb"));
    assertThat(play(inventory).text()).contains("several packages", "set holdfast_version");
  }

  @Test
  void anAuthorityWithoutItsKeyIsNotMadeAnewInSilence() throws Exception {
    Files.createFile(temp.resolve("holdfast-collector_1.0_amd64.deb"));
    Path pki = Files.createDirectory(temp.resolve("pki"));
    Files.createFile(pki.resolve("ledger-ca.crt"));
    Ended ended = play("all: {children: {holdfast_collectors: {hosts: {collector-1: {}}}}}");
    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(2);
    assertThat(ended.text()).contains("ledger-ca.crt is there without its key");
    assertThat(pki).isDirectoryNotContaining("glob:**.key");
  }

  private Ended play(String inventory) throws Exception {
    Path file = Files.writeString(temp.resolve("inventory.yml"), inventory);
    return run(
        "ansible-playbook",
        "-i",
        file.toString(),
        "site.yml",
        "-e",
        "holdfast_packages_directory=" + temp + " holdfast_pki_directory=" + temp.resolve("pki"));
  }

  private Ended run(String... command) throws IOException, InterruptedException {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, command[0])));
    assumeTrue(
        there || "true".equals(System.getenv("CI")),
        command[0] + " is not here; ./holdfast install test brings it");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(ANSIBLE.toFile()).redirectErrorStream(true);
    builder.environment().put("ANSIBLE_LOCAL_TEMP", temp.resolve("tmp").toString());
    builder.environment().put("ANSIBLE_CALLBACK_RESULT_FORMAT", "json");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }
}
