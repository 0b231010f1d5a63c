package io.holdfast.agent.act.systemd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The services that run in systemd mode, and where systemd is met.
 *
 * @param units the allowlist: the unit of each service
 * @param busSocket socket of the system's D-Bus
 * @param cgroups root of the cgroup v2 hierarchy that the host's systemd uses
 * @param journalctl the program, with what is to stand before its arguments
 * @param startPatience how long a unit may be starting before the start counts as failed
 */
public record SystemdSettings(
    Map<String, String> units,
    Path busSocket,
    Path cgroups,
    List<String> journalctl,
    Duration startPatience) {

  /** Less than the 60 s after which the agent's step gives an action up without a reason. */
  public static final Duration START_PATIENCE = Duration.ofSeconds(50);

  /** Copies the collections. */
  public SystemdSettings {
    units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
    journalctl = List.copyOf(journalctl);
  }

  /** The machine that this process runs on. */
  public static SystemdSettings ofThisMachine(Map<String, String> units) {
    return new SystemdSettings(
        units,
        Path.of("/run/dbus/system_bus_socket"),
        Cgroups.root(Path.of("/sys/fs/cgroup")),
        List.of("/usr/bin/journalctl"),
        START_PATIENCE);
  }
}
