package io.holdfast.agent.app;

import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.Reread.Key;
import java.util.List;

/** What of {@code agent.yaml} holds for as long as an agent runs. */
final class FixedKeys {

  /** In the file's order. A file without services is of process mode, as at the start. */
  static final List<Key<AgentConfig>> ALL =
      List.of(
          new Key<>("host", AgentConfig::host),
          new Key<>("state_directory", AgentConfig::stateDirectory),
          new Key<>("run_directory", AgentConfig::runDirectory),
          new Key<>("local_address", AgentConfig::localAddress),
          new Key<>("services (between command and unit)", file -> file.units().isEmpty()),
          new Key<>("spool", AgentConfig::spoolMaxBytes),
          new Key<>("metrics", AgentConfig::metrics));

  private FixedKeys() {}
}
