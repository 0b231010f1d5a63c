package io.holdfast.collector.fleet;

import io.holdfast.core.Moment;
import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.Host;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Probe;
import io.holdfast.core.plan.Service;
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

/** A fleet on clocks that a test moves, and what agents tell it. */
final class Agents {
  static final long WALL = 1_795_362_000_000L;
  static final long INTERVAL_MILLIS = 10_000;

  final Fleet fleet = new Fleet();
  Moment now = new Moment(100_000, WALL);
  private Plan plan = plan("one", "trade-a engine", "trade-b web");

  /** A plan of {@code HOST SERVICE}; hosts are named after their first word. */
  static Plan plan(String hash, String... placements) {
    CheckTiming timing =
        new CheckTiming(Duration.ofMillis(INTERVAL_MILLIS), Duration.ofSeconds(1), 3, 2);
    Map<String, Host> hosts = new LinkedHashMap<>();
    Map<String, Service> services = new LinkedHashMap<>();
    for (String placement : placements) {
      String host = placement.split(" ")[0];
      String service = placement.split(" ")[1];
      hosts.put(host, new Host(host, "10.0.0.1"));
      Check check = new Check("process", timing, new Probe.ProcessAlive());
      services.put(
          service, new Service(service, true, false, "trading", "", List.of(host), List.of(check)));
    }
    return new Plan(
        hash,
        new SystemInfo("test", "en", "UTC"),
        Map.of(),
        hosts,
        Map.of(),
        timing,
        services,
        List.of());
  }

  void follow(Plan next) {
    plan = next;
    review();
  }

  void review() {
    fleet.review(plan, now);
  }

  /** Time passes, and as in the collector it is looked twice a second at what follows. */
  void pass(long millis) {
    long end = now.bootMillis() + millis;
    while (now.bootMillis() < end) {
      now = now.plus(Duration.ofMillis(Math.min(500, end - now.bootMillis())));
      review();
    }
  }

  void connect(String... hosts) {
    Arrays.stream(hosts).forEach(host -> fleet.connected(host, "", ""));
  }

  void hear(String host, ServiceVerdict.Builder... verdicts) {
    Heartbeat.Builder heartbeat = Heartbeat.newBuilder();
    Arrays.stream(verdicts).forEach(heartbeat::addVerdicts);
    fleet.heard(host, heartbeat.build(), now);
  }

  void sample(String host, HostSample.Builder sample) {
    fleet.heard(host, Heartbeat.newBuilder().setSample(sample).build(), now);
  }

  static ServiceVerdict.Builder judged(String service, Verdict verdict, long at) {
    return ServiceVerdict.newBuilder()
        .setService(service)
        .setVerdict(verdict)
        .setJudgedWallMillis(at);
  }
}
