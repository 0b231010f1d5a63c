package io.holdfast.agent.act.process;

import io.holdfast.agent.act.ActionOutcome;
import io.holdfast.agent.act.ActionOutcome.Done;
import io.holdfast.agent.act.ActionOutcome.Failed;
import io.holdfast.agent.act.ActionOutcome.Refused;
import io.holdfast.agent.act.AllowedTask;
import io.holdfast.agent.act.job.GuardedJob;
import io.holdfast.agent.act.job.JobOrder;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Jobs that are children of the agent, and end with it. */
public final class ProcessJob extends GuardedJob {
  private static final long KILL_SECONDS = 10;

  private final JobPrograms programs;
  private final ScheduledThreadPoolExecutor worker;
  private final Map<String, Process> running = new HashMap<>();

  /**
   * Allows nothing yet.
   *
   * @param context on which everything is told
   */
  public ProcessJob(JobPrograms programs, Executor context) {
    this(programs, worker(), context);
  }

  private ProcessJob(JobPrograms programs, ScheduledThreadPoolExecutor worker, Executor context) {
    super(worker, context);
    this.programs = programs;
    this.worker = worker;
  }

  /** Its thread begins with the first job. Children die with it: see {@link #command}. */
  private static ScheduledThreadPoolExecutor worker() {
    ScheduledThreadPoolExecutor worker =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("jobs").daemon().factory());
    worker.setRemoveOnCancelPolicy(true);
    return worker;
  }

  @Override
  protected CompletableFuture<ActionOutcome> begin(JobOrder order, AllowedTask allowed) {
    String job = order.request().job();
    Path directory = programs.directory().resolve(job);
    boolean foreign = !allowed.user().equals(System.getProperty("user.name"));
    if (foreign && !"root".equals(System.getProperty("user.name"))) {
      return CompletableFuture.completedFuture(
          new Refused(
              "%s is for the user %s, and this agent runs as %s: only one that is root may change"
                      .formatted(job, allowed.user(), System.getProperty("user.name"))
                  + " its user"));
    }
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(JobOrder.FILE), order.text());
      Process process = builder(order, allowed, directory, foreign).start();
      running.put(job, process);
      return process
          .onExit()
          .thenApplyAsync(
              ended -> {
                running.remove(job, ended);
                return how(ended.exitValue(), directory);
              },
              worker);
    } catch (IOException e) {
      return CompletableFuture.completedFuture(
          new Failed("the job cannot be started: " + e.getMessage()));
    }
  }

  private ProcessBuilder builder(
      JobOrder order, AllowedTask allowed, Path directory, boolean foreign) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(order, allowed, foreign));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH")); // the agent's secrets are not the job's
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("CREDENTIALS_DIRECTORY", directory.toString());
    return builder
        .directory(new File("/"))
        .redirectInput(programs.allowlist().toFile())
        .redirectOutput(Redirect.to(report(order.request().job()).toFile()))
        .redirectError(Redirect.to(log(directory).toFile()));
  }

  /** The kernel kills it when the agent dies, however that comes. */
  private List<String> command(JobOrder order, AllowedTask allowed, boolean foreign)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    if (foreign) {
      String user = allowed.user();
      words.addAll(List.of("--reuid", user, "--regid", groupOf(user), "--init-groups"));
    }
    words.add("--");
    words.addAll(programs.program());
    words.addAll(List.of(order.request().task().kind(), order.request().job()));
    return words;
  }

  /** Number of the user's own group. */
  private static String groupOf(String user) throws IOException {
    Process asked = new ProcessBuilder("id", "-g", "--", user).start();
    String group = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (group.isBlank()) {
      throw new IOException("there is no user " + user);
    }
    return group.strip();
  }

  private static ActionOutcome how(int exitValue, Path directory) {
    return exitValue == 0
        ? new Done()
        : new Failed("the job ended with " + exitValue + ": " + lastWords(log(directory)));
  }

  private static Path log(Path directory) {
    return directory.resolve("log");
  }

  private static String lastWords(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return lines.isEmpty() ? "it said nothing" : lines.getLast();
    } catch (IOException e) {
      return "its log cannot be read";
    }
  }

  @Override
  protected CompletableFuture<ActionOutcome> end(String job) {
    Process process = running.get(job);
    if (process == null) {
      return CompletableFuture.completedFuture(new Done());
    }
    process.destroyForcibly();
    return process
        .onExit()
        .<ActionOutcome>thenApply(ended -> new Done())
        .completeOnTimeout(
            new Failed("process " + process.pid() + " of " + job + " is there after SIGKILL"),
            KILL_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  protected Path report(String job) {
    return programs.directory().resolve(job).resolve("report");
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
