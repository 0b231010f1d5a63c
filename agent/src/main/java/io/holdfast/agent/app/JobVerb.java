package io.holdfast.agent.app;

import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.JobOutcome;
import io.holdfast.agent.act.JobRequest;
import io.holdfast.agent.act.JobTask;
import io.holdfast.agent.act.job.JobOrder;
import io.holdfast.agent.act.job.JobReport;
import io.holdfast.agent.act.job.WriteWork;
import io.holdfast.planfile.config.AllowedJob;
import io.holdfast.planfile.config.ConfigResult;
import io.holdfast.planfile.config.JobRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The process of a job: reads what it is asked to do, compares it with {@code agent.yaml}, which
 * whoever starts it puts on its standard input, does it, and says how it went.
 */
final class JobVerb implements Verb {
  private static final int LONGEST_FILE = 1 << 20;
  private static final int OUT_OF_TIME = 3;

  private final Map<String, String> environment;
  private final InputStream allowlist;
  private final PrintStream out;
  private final String user;

  /** With the streams, the environment and the user of this process. */
  JobVerb() {
    this(System.getenv(), System.in, System.out, System.getProperty("user.name"));
  }

  JobVerb(Map<String, String> environment, InputStream allowlist, PrintStream out, String user) {
    this.environment = environment;
    this.allowlist = allowlist;
    this.out = out;
    this.user = user;
  }

  @Override
  public String name() {
    return "job";
  }

  @Override
  public String arguments() {
    return "KIND JOB";
  }

  @Override
  public String purpose() {
    return "does a job of agent.yaml as its user; the agent has it started";
  }

  @Override
  public int run(List<String> arguments) throws UsageException {
    if (arguments.size() != 2) {
      throw new UsageException("job has other arguments: " + arguments());
    }
    Optional<JobOrder> order = order();
    if (order.isEmpty()) {
      throw new UsageException("no request: jobs are started by the agent, not by hand");
    }
    JobReport.sayRun(out, order.get().run());
    JobRequest request = order.get().request();
    JobOutcome outcome =
        refusal(arguments, request)
            .<JobOutcome>map(JobOutcome.Refused::new)
            .orElseGet(() -> done(request));
    JobReport.sayOutcome(out, outcome);
    return FINE;
  }

  private Optional<JobOrder> order() {
    String directory = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
    try {
      return JobOrder.read(Files.readString(Path.of(directory, JobOrder.FILE)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private JobOutcome done(JobRequest request) {
    Thread deadline = endAfter(request.within());
    try {
      return switch (request.task()) {
        case JobTask.WriteProbe write -> {
          JobReport.sayStage(out, JobReport.WRITING);
          yield WriteWork.in(write.directory(), request.job());
        }
      };
    } finally {
      deadline.interrupt();
    }
  }

  /** Also when the agent is gone. */
  private static Thread endAfter(Duration within) {
    return Thread.ofPlatform()
        .daemon()
        .name("deadline")
        .start(
            () -> {
              try {
                Thread.sleep(within);
                Runtime.getRuntime().halt(OUT_OF_TIME);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** What the request has against it; the agent is not believed. */
  private Optional<String> refusal(List<String> unit, JobRequest request) {
    if (!unit.equals(List.of(request.task().kind(), request.job()))) {
      return Optional.of("the request is for " + request.job() + ", and this is " + unit);
    }
    return switch (allowed()) {
      case ConfigResult.Invalid<Map<String, AllowedJob>> invalid ->
          Optional.of(String.valueOf(invalid.problems().getFirst()));
      case ConfigResult.Valid<Map<String, AllowedJob>> valid ->
          refusal(request, JobTasks.of(valid.config()));
    };
  }

  private Optional<String> refusal(JobRequest request, Map<String, AllowedTask> allowed) {
    AllowedTask entry = allowed.get(request.job());
    if (entry == null) {
      return Optional.of("agent.yaml does not allow the job " + request.job());
    }
    if (!entry.task().equals(request.task())) {
      return Optional.of(
          "agent.yaml allows "
              + entry.task().described()
              + ", and was asked for "
              + request.task().described()
              + ": reload the agent");
    }
    return entry.user().equals(user)
        ? Optional.empty()
        : Optional.of(
            "it runs as %s, and agent.yaml says %s: write its drop-in again with: holdfast-agent"
                    .formatted(user, entry.user())
                + " render dropin");
  }

  private ConfigResult<Map<String, AllowedJob>> allowed() {
    try {
      byte[] bytes = allowlist.readNBytes(LONGEST_FILE);
      return JobRules.only(new String(bytes, StandardCharsets.UTF_8), "agent.yaml");
    } catch (IOException e) {
      return JobRules.only("", "agent.yaml");
    }
  }
}
