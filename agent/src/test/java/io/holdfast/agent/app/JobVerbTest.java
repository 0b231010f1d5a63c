package io.holdfast.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.JobTask;
import io.holdfast.agent.act.job.JobOrder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process of a job believes, and what it does. */
class JobVerbTest {
  private static final String USER = "trader";

  @TempDir private Path credentials;
  @TempDir private Path data;

  private String allowlist(String user, Path directory) {
    return "host: a\njobs:\n  disk: {kind: write_probe, user: %s, directory: %s}\n"
        .formatted(user, directory);
  }

  private List<String> said(String allowlist, String kind, String job) throws Exception {
    JobRequest request =
        new JobRequest("disk", new JobTask.WriteProbe(data), Duration.ofSeconds(60));
    Files.writeString(credentials.resolve(JobOrder.FILE), new JobOrder("run-1", request).text());
    return saidTo(allowlist, kind, job);
  }

  private List<String> saidTo(String allowlist, String kind, String job) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JobVerb(
            Map.of("CREDENTIALS_DIRECTORY", credentials.toString()),
            new ByteArrayInputStream(allowlist.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            USER)
        .run(List.of(kind, job));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void writesSaysHowLongItTookAndLeavesNothing() throws Exception {
    // What a run that was killed has left.
    Files.writeString(data.resolve(".holdfast-disk"), "old");
    List<String> said = said(allowlist(USER, data), "write_probe", "disk");
    assertThat(said).hasSize(3);
    assertThat(said.subList(0, 2)).containsExactly("run run-1", "stage writing");
    assertThat(said.get(2)).matches("written [0-9]+");
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aDirectoryThatIsGoneIsTold() throws Exception {
    Files.delete(data);
    assertThat(said(allowlist(USER, data), "write_probe", "disk"))
        .endsWith("not_written there is no directory " + data);
    Files.createDirectory(data);
  }

  @Test
  void believesTheAllowlistAndNotTheRequest() throws Exception {
    assertThat(said(allowlist(USER, Path.of("/etc")), "write_probe", "disk"))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("refused agent.yaml allows write_probe in /etc, and was asked for");
    assertThat(said(allowlist("postgres", data), "write_probe", "disk"))
        .last()
        .asString()
        .startsWith("refused it runs as " + USER + ", and agent.yaml says postgres");
    assertThat(said("host: a\n", "write_probe", "disk"))
        .endsWith("refused agent.yaml does not allow the job disk");
    assertThat(said("jobs: [", "write_probe", "disk"))
        .last()
        .asString()
        .startsWith("refused agent.yaml:");
    assertThat(said(allowlist(USER, data), "write_probe", "other"))
        .last()
        .asString()
        .startsWith("refused the request is for disk");
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void byHandItSaysThatTheAgentStartsIt() {
    assertThatThrownBy(() -> saidTo("", "write_probe", "disk"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("not by hand");
    assertThatThrownBy(() -> new JobVerb().run(List.of("disk"))).isInstanceOf(UsageException.class);
  }
}
