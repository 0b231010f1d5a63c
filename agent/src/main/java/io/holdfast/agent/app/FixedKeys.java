package io.holdfast.agent.app;

import io.holdfast.planfile.config.AgentConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What of {@code agent.yaml} holds for as long as an agent runs. */
final class FixedKeys {

  private FixedKeys() {}

  /** Keys whose change needs a restart, in the file's order. */
  static List<String> changed(AgentConfig before, AgentConfig after) {
    List<String> changed = new ArrayList<>();
    add(changed, "host", before, after, AgentConfig::host);
    add(changed, "state_directory", before, after, AgentConfig::stateDirectory);
    add(changed, "run_directory", before, after, AgentConfig::runDirectory);
    add(changed, "local_address", before, after, AgentConfig::localAddress);
    if (changesMode(before, after)) {
      changed.add("services (between command and unit)");
    }
    add(changed, "spool", before, after, AgentConfig::spoolMaxBytes);
    add(changed, "metrics", before, after, AgentConfig::metrics);
    return changed;
  }

  private static void add(
      List<String> changed,
      String key,
      AgentConfig before,
      AgentConfig after,
      Function<AgentConfig, Object> value) {
    if (!value.apply(before).equals(value.apply(after))) {
      changed.add(key);
    }
  }

  /** A file without services is of process mode, as at the start. */
  private static boolean changesMode(AgentConfig before, AgentConfig after) {
    return before.units().isEmpty() != after.units().isEmpty();
  }
}
