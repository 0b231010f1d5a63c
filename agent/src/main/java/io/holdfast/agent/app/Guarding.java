package io.holdfast.agent.app;

import io.holdfast.agent.act.Attached;
import io.holdfast.agent.act.ServiceControl;
import io.holdfast.agent.act.process.ProcessServiceControl;
import io.holdfast.agent.act.process.ProcessServices;
import io.holdfast.agent.act.process.ServiceCommand;
import io.holdfast.agent.act.systemd.SystemdServiceControl;
import io.holdfast.agent.act.systemd.SystemdSettings;
import io.holdfast.planfile.config.AgentConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The services of this host, as its configuration allows them.
 *
 * @param allow changes the allowlist to that of another configuration of the same mode; stops no
 *     service and never fails
 */
record Guarding(ServiceControl services, Function<AgentConfig, CompletionStage<Attached>> allow) {

  /**
   * Nothing is touched until they are attached.
   *
   * @param loop on which answers come
   * @param bootMillis the boot clock
   */
  static Guarding of(AgentConfig config, Executor loop, LongSupplier bootMillis)
      throws IOException {
    return config.units().isEmpty()
        ? inProcessMode(config, loop)
        : inSystemdMode(config, loop, bootMillis);
  }

  private static Guarding inSystemdMode(
      AgentConfig config, Executor loop, LongSupplier bootMillis) {
    SystemdSettings settings = SystemdSettings.ofThisMachine(units(config));
    SystemdServiceControl services = new SystemdServiceControl(settings, loop, bootMillis);
    return new Guarding(services, changed -> services.allow(units(changed)));
  }

  private static Map<String, String> units(AgentConfig config) {
    Map<String, String> units = new LinkedHashMap<>();
    config.units().forEach((name, unit) -> units.put(name, unit.name()));
    return units;
  }

  private static Guarding inProcessMode(AgentConfig config, Executor loop) throws IOException {
    String keeper = System.getProperty("holdfast.keeper", "/usr/lib/holdfast/agent/keeper");
    ProcessServices settings =
        new ProcessServices(
            config.runDirectory().toAbsolutePath(),
            Path.of(keeper).toAbsolutePath(),
            commands(config));
    ProcessServiceControl services = new ProcessServiceControl(settings, loop);
    return new Guarding(services, changed -> services.allow(commands(changed)));
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
