package io.holdfast.collector.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real agent in a process of its own, with one service under its keeper. */
final class AgentProcess implements AutoCloseable {
  private static final Path KEEPER =
      Path.of("../agent/src/main/keeper/keeper").toAbsolutePath().normalize();
  static final Path OPTIONS =
      Path.of("../agent/src/main/jvm/agent.jvm").toAbsolutePath().normalize();

  private final Path directory;
  private final Path config;
  private Process process;

  /** An agent of {@code host} beside that collector, whose service {@code engine} sleeps. */
  AgentProcess(CollectorProcess collector, String host, String certificateOf) throws IOException {
    this(collector, host, certificateOf, List.of(collector.agentsPort), "{port: 0}");
  }

  /** One that tries collectors on these ports in turn, and shows its figures so. */
  AgentProcess(
      CollectorProcess collector,
      String host,
      String certificateOf,
      List<Integer> collectors,
      String metrics)
      throws IOException {
    this.directory = Files.createDirectories(collector.file(host));
    this.config = directory.resolve("agent.yaml");
    String addresses =
        collectors.stream()
            .map(port -> "\"127.0.0.1:" + port + "\"")
            .collect(Collectors.joining(", "));
    Files.writeString(
        config,
        """
        host: %s
        collectors: [%s]
        tls: {certificate: ../pki/hosts/%s.crt, key: ../pki/hosts/%s.key, ca: ../pki/ca.crt}
        state_directory: state
        run_directory: run
        metrics: %s
        services:
          engine: {command: [sleep, "100000"]}
        """
            .formatted(host, addresses, certificateOf, certificateOf, metrics));
  }

  /** Its configuration; relative paths count from its folder. */
  Path config() {
    return config;
  }

  /** Sends it this signal. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
  }

  /** Where it keeps its plan. */
  Path state() {
    return directory.resolve("state");
  }

  /** The port of its figures; 0: not told yet. */
  int metricsPort() throws IOException {
    Path told = directory.resolve("run/agent.json");
    Matcher port =
        Pattern.compile("\"metrics_port\": ([0-9]+)")
            .matcher(Files.exists(told) ? Files.readString(told) : "");
    return port.find() ? Integer.parseInt(port.group(1)) : 0;
  }

  /** Its open files. */
  long files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    }
  }

  void start() throws IOException {
    start(Map.of());
  }

  /** With these variables besides those of this process. */
  void start(Map<String, String> environment) throws IOException {
    start(environment, ProcessBuilder.Redirect.appendTo(logFile().toFile()));
  }

  /** With its log going there. */
  void start(Map<String, String> environment, ProcessBuilder.Redirect log) throws IOException {
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
    process = builder.redirectErrorStream(true).redirectOutput(log).start();
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
