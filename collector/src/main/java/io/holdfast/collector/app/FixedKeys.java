package io.holdfast.collector.app;

import io.holdfast.planfile.config.CollectorConfig;
import io.holdfast.planfile.config.Reread.Key;
import java.util.List;

/** What of {@code collector.yaml} holds for as long as a collector runs: all but the dashboard. */
final class FixedKeys {

  /** In the file's order. What the named PEM files hold may change. */
  static final List<Key<CollectorConfig>> ALL =
      List.of(
          new Key<>("name", CollectorConfig::name),
          new Key<>("agents", CollectorConfig::agents),
          new Key<>("api", CollectorConfig::api),
          new Key<>("ledger", config -> List.of(config.ledger(), config.ledgerTls())),
          new Key<>("tls", CollectorConfig::tls),
          new Key<>("state_directory", CollectorConfig::stateDirectory),
          new Key<>("run_directory", CollectorConfig::runDirectory),
          new Key<>("authority", CollectorConfig::authority));

  private FixedKeys() {}
}
