package io.holdfast.planfile.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.planfile.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRulesTest {

  private static List<String> problems(String job) {
    return switch (JobRules.only("jobs:\n  " + job + "\n", "agent.yaml")) {
      case ConfigResult.Valid<Map<String, AllowedJob>> valid -> List.of();
      case ConfigResult.Invalid<Map<String, AllowedJob>> invalid ->
          invalid.problems().stream().map(Problem::toString).toList();
    };
  }

  @Test
  void readsTheJobsAndNothingElseOfTheFile() {
    String text =
        """
        host: trade-a
        connections: {trading: {password: "${file:/nobody/may/read/this}"}}
        jobs:
          disk: {kind: write_probe, user: postgres, directory: /var/lib/postgresql/}
        """;
    assertThat(JobRules.only(text, "agent.yaml"))
        .isEqualTo(
            new ConfigResult.Valid<>(
                Map.of(
                    "disk",
                    new AllowedJob.WriteProbe("postgres", Path.of("/var/lib/postgresql")))));
    assertThat(JobRules.only("host: trade-a\n", "agent.yaml"))
        .isEqualTo(new ConfigResult.Valid<>(Map.of()));
  }

  @Test
  void saysWhatIsWrongWithAJob() {
    assertThat(problems("disk: {kind: write_prob, user: root, directory: data, max: 2s}"))
        .containsExactly(
            "agent.yaml:2:16: jobs.disk.kind: found \"write_prob\"; write_probe is expected. Did"
                + " you mean write_probe?",
            "agent.yaml:2:34: jobs.disk.user: found \"root\"; the name of a user of this machine,"
                + " and not root: a job has no more rights than its work needs is expected",
            "agent.yaml:2:51: jobs.disk.directory: found \"data\"; an absolute path of letters,"
                + " digits and / . _ @ : + - such as /var/lib/postgresql is expected",
            "agent.yaml:2:57: jobs.disk.max: unknown key; allowed here: directory, kind, user");
    assertThat(problems("disk: {}")).hasSize(3);
    assertThat(problems("../disk: {kind: write_probe, user: u, directory: /d}"))
        .singleElement()
        .asString()
        .contains("a job has a name of");
    assertThat(problems("disk: {kind: write_probe, user: u, directory: /}")).hasSize(1);
    assertThat(problems("disk: {kind: write_probe, user: u, directory: \"/a %i b\"}")).hasSize(1);
  }
}
