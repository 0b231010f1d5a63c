package io.holdfast.collector.app;

/** A plan with the one service of an {@link AgentProcess}. */
final class OneService {
  private OneService() {}

  /** Restarted as often as a test kills it. */
  static String plan(String interval) {
    return unhealed(interval)
        + """
          healing:
            - {trigger: service_down, action: restart_service, max_attempts: 50,
               budget: {actions: 100, per: 1h}, initial_backoff: 100ms, backoff_factor: 1}
          """;
  }

  /** Never restarted. */
  static String unhealed(String interval) {
    return """
    apiVersion: holdfast/v1
    system: {name: test, locale: en, timezone: UTC}
    objectives: {P2: {rto: 2h, rpo: 5m}}
    hosts: {trade-a: {address: 10.0.0.11}, trade-b: {address: 10.0.0.12}}
    sites: {primary: {hosts: [trade-a, trade-b]}}
    checks: {interval: %s, failure_threshold: 3, recovery_threshold: 2}
    services:
      engine: {critical: true, module: trading, runs_on: trade-a, process: {}, timeout: 5s}
    """
        .formatted(interval);
  }
}
