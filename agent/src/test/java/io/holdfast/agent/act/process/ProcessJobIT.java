package io.holdfast.agent.act.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.Heard;
import io.holdfast.agent.act.Job;
import io.holdfast.agent.act.JobContract;
import io.holdfast.agent.act.JobOutcome;
import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.JobTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Process mode keeps the contract of jobs, and what is its own. */
class ProcessJobIT extends JobContract {

  @Override
  protected Job open(String script) throws Exception {
    Path allowlist = Files.writeString(temporary.resolve("agent.yaml"), "host: a\n");
    return new ProcessJob(
        new JobPrograms(List.of("bash", "-c", script), allowlist, temporary.resolve("jobs")),
        context);
  }

  @Override
  protected boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Override
  protected String user() {
    return System.getProperty("user.name");
  }

  @Test
  void aUserThatIsNotThereIsTold() throws Exception {
    JobTask task = new JobTask.WriteProbe(temporary);
    try (Job job = open("echo written 1")) {
      job.allow(Map.of(NAME, new AllowedTask("nobody-of-that-name", task)));
      JobRequest request = new JobRequest(NAME, task, Duration.ofSeconds(10));
      JobOutcome outcome = Heard.of(job.run(request, stage -> {}).outcome());
      // Only root tries to become that user.
      assertThat(outcome.toString()).contains("nobody-of-that-name");
    }
  }
}
