package io.holdfast.collector.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real agent in a process of its own, with one service under its keeper. */
final class AgentProcess implements AutoCloseable {
  private static final Path KEEPER =
      Path.of("../agent/src/main/keeper/keeper").toAbsolutePath().normalize();
  private static final Path OPTIONS =
      Path.of("../agent/src/main/jvm/agent.jvm").toAbsolutePath().normalize();

  private final Path directory;
  private final Path config;
  private Process process;

  /** An agent of {@code host} beside that collector, whose service {@code engine} sleeps. */
  AgentProcess(CollectorProcess collector, String host, String certificateOf) throws IOException {
    this.directory = Files.createDirectories(collector.file(host));
    this.config = directory.resolve("agent.yaml");
    Files.writeString(
        config,
        """
        host: %s
        collectors: ["127.0.0.1:%d"]
        tls: {certificate: ../pki/hosts/%s.crt, key: ../pki/hosts/%s.key, ca: ../pki/ca.crt}
        state_directory: state
        run_directory: run
        metrics: {port: 0}
        services:
          engine: {command: [sleep, "100000"]}
        """
            .formatted(host, collector.agentsPort, certificateOf, certificateOf));
  }

  void start() throws IOException {
    start(Map.of());
  }

  /** With these variables besides those of this process. */
  void start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dholdfast.keeper=" + KEEPER,
            "@" + OPTIONS,
            "-cp",
            System.getProperty("java.class.path"),
            "io.holdfast.agent.app.AgentMain",
            config.toString());
    builder.environment().putAll(environment);
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
            .start();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the agent goes on");
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Process id of the service {@code engine} as the operating system tells it; 0: none. */
  long service() {
    return ProcessHandle.allProcesses()
        .filter(other -> other.info().command().orElse("").endsWith("sleep"))
        .filter(other -> workingDirectory(other).equals(directory))
        .map(ProcessHandle::pid)
        .findFirst()
        .orElse(0L);
  }

  private static Path workingDirectory(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
    } catch (IOException e) {
      return Path.of("/");
    }
  }

  private Path logFile() {
    return directory.resolve("agent.log");
  }

  String log() throws IOException {
    return Files.exists(logFile()) ? Files.readString(logFile()) : "";
  }

  /** Ends the services, which outlive their agent by design. */
  @Override
  public void close() throws Exception {
    if (process != null) {
      kill();
    }
    Path keeper = directory.resolve("run/keepers/engine");
    if (Files.exists(keeper)) {
      new ProcessBuilder("bash", KEEPER.toString(), "quit", keeper.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(60, TimeUnit.SECONDS);
    }
  }
}
