package io.holdfast.lab.systemd;

import io.holdfast.agent.act.systemd.SystemdServiceControl;
import io.holdfast.agent.act.systemd.SystemdSettings;
import io.holdfast.lab.Lab;
import io.holdfast.lab.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A host of the lab with units of a test's own on it. */
final class UnitHost {
  static final String DIRECTORY = "/var/tmp/holdfast-units";
  private static final String UNITS = "/run/systemd/system";

  private final Lab lab = Lab.findOrBoot();
  private final String name = "trade-a";
  private final TreeSet<String> written = new TreeSet<>();

  /** A path of the host as this machine sees it. */
  Path path(String onHost) {
    long leader = lab.leader(name).orElseThrow();
    return Path.of("/proc/" + leader + "/root" + onHost);
  }

  String run(String... command) {
    return lab.run(name, command);
  }

  Ran tried(String... command) {
    return lab.exec(name, command);
  }

  /** An empty directory for what services write. */
  void makeDirectory() {
    run("rm", "-rf", DIRECTORY);
    run("mkdir", "-m", "777", DIRECTORY);
  }

  /** Writes unit files and lets systemd read them. */
  void write(Map<String, String> bodies) throws IOException {
    for (Map.Entry<String, String> unit : bodies.entrySet()) {
      Files.createDirectories(path(UNITS));
      Files.writeString(path(UNITS + "/" + unit.getKey()), unit.getValue());
      written.add(unit.getKey());
    }
    run("systemctl", "daemon-reload");
  }

  /** A service that runs this command. */
  static String service(String settings, List<String> command) {
    return "[Service]\n"
        + settings
        + "ExecStart="
        + command.stream().map(UnitHost::quoted).collect(Collectors.joining(" "))
        + "\n";
  }

  private static String quoted(String word) {
    String safe =
        word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%").replace("$", "$$");
    return "\"" + safe + "\"";
  }

  SystemdServiceControl control(
      Map<String, String> units, Executor context, Duration startPatience) {
    long leader = lab.leader(name).orElseThrow();
    SystemdSettings settings =
        new SystemdSettings(
            units,
            path("/run/dbus/system_bus_socket"),
            path("/sys/fs/cgroup"),
            List.of("nsenter", "-t", Long.toString(leader), "-a", "/usr/bin/journalctl"),
            startPatience);
    return new SystemdServiceControl(
        settings, context, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  boolean lives(long pid) {
    try {
      String stat = Files.readString(path("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends and removes what the test made. */
  void clear() throws IOException {
    for (String unit : written) {
      tried("systemctl", "unmask", unit);
      tried("systemctl", "kill", "--signal=KILL", unit);
      tried("systemctl", "stop", unit);
      tried("systemctl", "reset-failed", unit);
      Files.deleteIfExists(path(UNITS + "/" + unit));
    }
    written.clear();
    run("systemctl", "daemon-reload");
  }
}
