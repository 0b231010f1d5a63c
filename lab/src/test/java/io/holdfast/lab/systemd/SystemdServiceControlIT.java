package io.holdfast.lab.systemd;

import io.holdfast.agent.act.ServiceControl;
import io.holdfast.agent.act.ServiceControlContract;
import io.holdfast.agent.act.systemd.SystemdSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** Systemd mode keeps the contract that process mode keeps. */
class SystemdServiceControlIT extends ServiceControlContract {
  private final UnitHost host = new UnitHost();

  @BeforeEach
  void emptyDirectory() {
    host.makeDirectory();
  }

  @Override
  protected ServiceControl open(Map<String, List<String>> commands) throws Exception {
    Map<String, String> units = new HashMap<>();
    Map<String, String> bodies = new HashMap<>();
    commands.forEach(
        (service, command) -> {
          units.put(service, "it-" + service + ".service");
          bodies.put("it-" + service + ".service", UnitHost.service("Type=exec\n", command));
        });
    host.write(bodies);
    return host.control(units, context, SystemdSettings.START_PATIENCE);
  }

  @Override
  protected void clearAway() throws Exception {
    host.clear();
  }

  @Override
  protected Path directory() {
    return host.path(UnitHost.DIRECTORY);
  }

  @Override
  protected Path directoryForServices() {
    return Path.of(UnitHost.DIRECTORY);
  }

  @Override
  protected boolean lives(long pid) {
    return host.lives(pid);
  }

  @Override
  protected void signal(String signal, long pid) {
    host.run("kill", "-" + signal, Long.toString(pid));
  }
}
