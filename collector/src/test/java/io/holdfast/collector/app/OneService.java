package io.holdfast.collector.app;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  /** The same as an agent of {@code trade-a} has it on its disk. */
  static HostPlan onDisk() {
    Check process =
        new Check(
            "process",
            new CheckTiming(Duration.ofSeconds(1), Duration.ofSeconds(5), 3, 1),
            new Probe.ProcessAlive());
    Service engine =
        new Service("engine", true, false, "trading", "", List.of("trade-a"), List.of(process));
    HealingRule often =
        new HealingRule(
            HealingRule.Trigger.SERVICE_DOWN,
            HealingRule.Action.RESTART_SERVICE,
            Optional.empty(),
            Optional.empty(),
            50,
            1,
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            0,
            100,
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            0.95,
            Duration.ofSeconds(10));
    return new HostPlan("sha256:0d", "trade-a", "test", List.of(engine), List.of(often));
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
