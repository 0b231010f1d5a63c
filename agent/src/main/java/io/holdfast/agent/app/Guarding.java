package io.holdfast.agent.app;

import io.holdfast.agent.act.Attached;
import io.holdfast.agent.act.Job;
import io.holdfast.agent.act.ServiceControl;
import io.holdfast.agent.act.process.JobPrograms;
import io.holdfast.agent.act.process.ProcessJob;
import io.holdfast.agent.act.process.ProcessServiceControl;
import io.holdfast.agent.act.process.ProcessServices;
import io.holdfast.agent.act.process.ServiceCommand;
import io.holdfast.agent.act.systemd.JobPlaces;
import io.holdfast.agent.act.systemd.SystemdServiceControl;
import io.holdfast.agent.act.systemd.SystemdSettings;
import io.holdfast.planfile.config.AgentConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services of this host, as its configuration allows them.
 *
 * @param jobs work for other users
 * @param allow changes the allowlist to that of another configuration of the same mode; stops no
 *     service and never fails
 */
record Guarding(
    ServiceControl services, Job jobs, Function<AgentConfig, CompletionStage<Attached>> allow) {

  /** A job is small: little memory, and one that starts quickly. */
  private static final List<String> JOB_OPTIONS =
      List.of("-Xmx24m", "-Xss256k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /**
   * Nothing is touched until they are attached.
   *
   * @param file of the configuration
   * @param loop on which answers come
   * @param bootMillis the boot clock
   */
  static Guarding of(AgentConfig config, Path file, Executor loop, LongSupplier bootMillis)
      throws IOException {
    Guarding guarding =
        config.units().isEmpty()
            ? inProcessMode(config, file, loop)
            : inSystemdMode(config, loop, bootMillis);
    guarding.jobs().allow(JobTasks.of(config.jobs()));
    return guarding;
  }

  /** Puts the allowlist of another configuration in force. */
  CompletionStage<Attached> allow(AgentConfig changed) {
    jobs.allow(JobTasks.of(changed.jobs()));
    return allow.apply(changed);
  }

  private static Guarding inSystemdMode(
      AgentConfig config, Executor loop, LongSupplier bootMillis) {
    SystemdSettings settings = SystemdSettings.ofThisMachine(units(config));
    SystemdServiceControl services = new SystemdServiceControl(settings, loop, bootMillis);
    Job jobs = services.jobs(JobPlaces.ofThisMachine(config.runDirectory().toAbsolutePath()));
    return new Guarding(services, jobs, changed -> services.allow(units(changed)));
  }

  private static Map<String, String> units(AgentConfig config) {
    Map<String, String> units = new LinkedHashMap<>();
    config.units().forEach((name, unit) -> units.put(name, unit.name()));
    return units;
  }

  private static Guarding inProcessMode(AgentConfig config, Path file, Executor loop)
      throws IOException {
    String keeper = System.getProperty("holdfast.keeper", "/usr/lib/holdfast/agent/keeper");
    ProcessServices settings =
        new ProcessServices(
            config.runDirectory().toAbsolutePath(),
            Path.of(keeper).toAbsolutePath(),
            commands(config));
    ProcessServiceControl services = new ProcessServiceControl(settings, loop);
    JobPrograms programs =
        new JobPrograms(
            jobProgram(),
            file.toAbsolutePath(),
            config.runDirectory().toAbsolutePath().resolve("jobs"));
    Job jobs = new ProcessJob(programs, loop);
    return new Guarding(services, jobs, changed -> services.allow(commands(changed)));
  }

  /** This program again, with its verb for jobs. */
  static List<String> jobProgram() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(JOB_OPTIONS);
    words.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
    words.addAll(List.of(AgentMain.class.getName(), "job"));
    return words;
  }

  /** A job begins in another directory. */
  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Map<String, ServiceCommand> commands(AgentConfig config) {
    Map<String, ServiceCommand> commands = new LinkedHashMap<>();
    config
        .commands()
        .forEach(
            (name, service) ->
                commands.put(
                    name,
                    new ServiceCommand(
                        service.command(),
                        service.revealedEnvironment(),
                        service.workingDirectory().toAbsolutePath(),
                        service.user())));
    return commands;
  }
}
