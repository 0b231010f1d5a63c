package io.holdfast.agent.act.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The services that run in process mode.
 *
 * @param runDirectory absolute; the keepers' files lie in its folder {@code keepers}. Best on a
 *     tmpfs
 * @param keeperProgram absolute path of the program {@code keeper}
 * @param services the allowlist: how each service is started
 */
public record ProcessServices(
    Path runDirectory, Path keeperProgram, Map<String, ServiceCommand> services) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,127}");

  /** Copies the map and checks that names can be names of directories. */
  public ProcessServices {
    services = Map.copyOf(services);
    if (!runDirectory.isAbsolute() || !keeperProgram.isAbsolute()) {
      throw new IllegalArgumentException(
          "run directory and keeper program must be absolute: "
              + runDirectory
              + ", "
              + keeperProgram);
    }
    for (String name : services.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "service " + name + ": a name has letters, digits and _ . @ -");
      }
    }
  }

  /** The same places with another allowlist. */
  ProcessServices with(Map<String, ServiceCommand> others) {
    return new ProcessServices(runDirectory, keeperProgram, others);
  }

  /** Where the keeper of each service has its directory. */
  Path keepers() {
    return runDirectory.resolve("keepers");
  }
}
