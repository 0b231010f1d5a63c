package io.holdfast.collector.api;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.Reason;
import io.holdfast.core.health.ReasonCode;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.Host;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Objective;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
import io.holdfast.core.plan.Site;
import io.holdfast.core.plan.SystemInfo;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.proto.agent.v1.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan of two hosts and what may happen to it. */
public final class Samples {
  public static final String HASH =
      "sha256:5d41402abc4b2a76b9719d911017c592ae2f1b8c3d4e5f60718293a4b5c6d7e8";
  public static final long WALL = 1_795_362_000_000L;
  static final CheckTiming TIMING =
      new CheckTiming(Duration.ofSeconds(30), Duration.ofSeconds(5), 3, 2);

  private Samples() {}

  public static Plan plan(String locale) {
    Map<String, Service> services = new LinkedHashMap<>();
    service(services, "database", true, true, "trading", "trade-a");
    service(services, "api_server", true, false, "trading", "trade-a", "trade-b");
    service(services, "trading_engine", true, true, "trading", "trade-a");
    service(services, "data_collector", false, false, "trading", "trade-a");
    service(services, "web_ui", false, false, "reporting", "trade-b");
    Map<String, Host> hosts = new LinkedHashMap<>();
    hosts.put("trade-a", new Host("trade-a", "10.0.0.11"));
    hosts.put("trade-b", new Host("trade-b", "10.0.0.12"));
    return new Plan(
        HASH,
        new SystemInfo("ai-trader", locale, "Asia/Taipei"),
        Map.of(Level.P2, new Objective(Duration.ofHours(2), Duration.ofMinutes(5))),
        hosts,
        Map.of(
            "primary", new Site("primary", List.of("trade-a"), Optional.empty()),
            "standby", new Site("standby", List.of("trade-b"), Optional.empty())),
        TIMING,
        services,
        List.of());
  }

  private static void service(
      Map<String, Service> services,
      String name,
      boolean critical,
      boolean exclusive,
      String module,
      String... hosts) {
    Check process = new Check("process", TIMING, new Probe.ProcessAlive());
    services.put(
        name,
        new Service(name, critical, exclusive, module, "", Arrays.asList(hosts), List.of(process)));
  }

  public static PlanApplied applied(Plan plan) {
    return new PlanApplied("the text", plan, WALL - 86_400_000, "operator");
  }

  /** An event of trade-a; the sequence is its place. */
  public static EventRecorded event(long sequence, long wallMillis, HostEvent event) {
    SpooledEvent spooled =
        new SpooledEvent(
            sequence, sequence - 1, new Moment(1_000 + sequence, wallMillis), "boot", event);
    return new EventRecorded("trade-a", "spool", spooled, wallMillis + 5);
  }

  public static IncidentOpened opened(String id, long lastGoodWallMillis) {
    return new IncidentOpened(
        id,
        "trade-a",
        "trading_engine",
        Level.P2,
        lastGoodWallMillis,
        WALL,
        List.of(refused()),
        "critical trading service");
  }

  public static Reason refused() {
    return new Reason(ReasonCode.CONNECTION_REFUSED, "http", "127.0.0.1:8001 refused");
  }

  /** All services of that host healthy. */
  public static Heartbeat heartbeat(String host) {
    Heartbeat.Builder heartbeat =
        Heartbeat.newBuilder()
            .setSample(
                HostSample.newBuilder()
                    .setCpuBusyRatio(host.endsWith("a") ? 0.23 : 0.04)
                    .setMemoryTotalBytes(16_000_000_000L)
                    .setMemoryAvailableBytes(9_000_000_000L));
    plan("en").services().values().stream()
        .filter(service -> service.runsOn().contains(host))
        .map(service -> verdict(service.name(), Verdict.VERDICT_HEALTHY))
        .forEach(heartbeat::addVerdicts);
    return heartbeat.build();
  }

  public static ServiceVerdict.Builder verdict(String service, Verdict verdict) {
    return ServiceVerdict.newBuilder()
        .setService(service)
        .setVerdict(verdict)
        .setSinceWallMillis(WALL - 3_600_000)
        .setPid(4_242);
  }

  /** The heartbeat with another verdict for one service. */
  public static Heartbeat with(Heartbeat heartbeat, ServiceVerdict.Builder verdict) {
    Heartbeat.Builder changed = heartbeat.toBuilder();
    for (int i = 0; i < changed.getVerdictsCount(); i++) {
      if (changed.getVerdicts(i).getService().equals(verdict.getService())) {
        changed.setVerdicts(i, verdict);
      }
    }
    return changed.build();
  }
}
