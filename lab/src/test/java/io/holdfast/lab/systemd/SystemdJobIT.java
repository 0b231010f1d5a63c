package io.holdfast.lab.systemd;

import io.holdfast.agent.act.Job;
import io.holdfast.agent.act.JobContract;
import io.holdfast.agent.act.systemd.HostFiles;
import io.holdfast.agent.act.systemd.JobPlaces;
import io.holdfast.agent.act.systemd.SystemdServiceControl;
import io.holdfast.agent.act.systemd.SystemdSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Systemd mode keeps the contract of jobs that process mode keeps. */
class SystemdJobIT extends JobContract {
  private static final String UNIT = HostFiles.jobUnit(NAME, "write_probe");

  private final UnitHost host = new UnitHost();
  private final List<SystemdServiceControl> agents = new ArrayList<>();

  @BeforeEach
  void emptyDirectory() {
    host.makeDirectory();
  }

  @AfterEach
  void clear() throws Exception {
    agents.forEach(SystemdServiceControl::close);
    host.clear();
  }

  /** As the template of the package, with the script as the program, for this instance alone. */
  @Override
  protected Job open(String script) throws Exception {
    String settings =
        """
        Type=oneshot
        LoadCredential=request:%1$s/requests/%2$s/request
        StandardOutput=truncate:%1$s/job-%2$s
        """
            .formatted(UnitHost.DIRECTORY, NAME);
    host.write(Map.of(UNIT, UnitHost.service(settings, List.of("/bin/bash", "-c", script))));
    agents.forEach(SystemdServiceControl::close);
    SystemdServiceControl agent = host.control(Map.of(), context, SystemdSettings.START_PATIENCE);
    agents.add(agent);
    Job job = agent.jobs(new JobPlaces(directory().resolve("requests"), directory()));
    agent.attach().toCompletableFuture().get(20, TimeUnit.SECONDS);
    return job;
  }

  @Override
  protected Path directory() {
    return host.path(UnitHost.DIRECTORY);
  }

  @Override
  protected Path directoryForScripts() {
    return Path.of(UnitHost.DIRECTORY);
  }

  @Override
  protected boolean lives(long pid) {
    return host.lives(pid);
  }

  @Override
  protected String user() {
    return "root";
  }
}
