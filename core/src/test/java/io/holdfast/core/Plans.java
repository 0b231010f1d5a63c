package io.holdfast.core;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Host;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Objective;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import io.holdfast.core.plan.Site;
import io.holdfast.core.plan.SystemInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans for the tests of core. */
public final class Plans {

  public static final CheckTiming TIMING =
      new CheckTiming(Duration.ofSeconds(30), Duration.ofSeconds(5), 3, 2);

  public static final Check PROCESS =
      new Check(
          "process",
          new CheckTiming(Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 2),
          new Probe.ProcessAlive());

  public static final Check HTTP =
      new Check("http", TIMING, new Probe.Http("http://127.0.0.1:8001/health"));

  private Plans() {}

  public static Service service(String name, String module, boolean critical, boolean exclusive) {
    return new Service(
        name, critical, exclusive, module, "", List.of("trade-a"), List.of(PROCESS, HTTP));
  }

  public static Plan of(List<Service> services, HealingRule... rules) {
    Map<String, Service> byName = new LinkedHashMap<>();
    services.forEach(service -> byName.put(service.name(), service));
    return new Plan(
        "sha256:test",
        new SystemInfo("ai-trader", "zh-TW", "Asia/Taipei"),
        Map.of(Level.P2, new Objective(Duration.ofHours(2), Duration.ofMinutes(5))),
        Map.of("trade-a", new Host("trade-a", "10.0.0.11")),
        Map.of("primary", new Site("primary", List.of("trade-a"), Optional.empty())),
        TIMING,
        byName,
        List.of(rules));
  }

  public static HealingRule restartRule() {
    return HealingRule.withDefaults(Trigger.SERVICE_DOWN, Action.RESTART_SERVICE);
  }

  public static HealingRule memoryRule() {
    return HealingRule.withDefaults(Trigger.HIGH_MEMORY_USAGE, Action.RESTART_APPLICATION);
  }

  public static HostPlan engineAlone() {
    return of(List.of(service("trading_engine", "trading", true, true)), restartRule())
        .compileFor("trade-a")
        .orElseThrow();
  }

  /** The engine with nothing but its HTTP check. */
  public static HostPlan httpAlone() {
    Service engine =
        new Service("trading_engine", true, true, "trading", "", List.of("trade-a"), List.of(HTTP));
    return of(List.of(engine)).compileFor("trade-a").orElseThrow();
  }
}
