package io.holdfast.simulation;

import io.holdfast.core.plan.Check;
import io.holdfast.core.plan.CheckTiming;
import io.holdfast.core.plan.HealingRule;
import io.holdfast.core.plan.HealingRule.Action;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.Host;
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
import java.util.SplittableRandom;

/**
 * One run: two hosts, a leader, a network, and faults drawn from the seed. Phase one breaks things;
 * then everything is healed and must come to rest.
 */
public final class SimWorld {

  private static final long RESTING_MILLIS = Duration.ofMinutes(15).toMillis();

  final EventScheduler time = new EventScheduler();
  final SplittableRandom random;
  final Plan plan = plan();
  final SimLeader leader;
  final List<SimHost> hosts;
  final int spoolEvents;
  Faults faults;

  /** Whose wall clocks are up to an hour off, and jump. */
  public enum WrongClocks {
    NOBODYS,
    HOSTS,
    EVERYBODYS
  }

  /** A world whose every draw comes from {@code seed}, and whose wall clocks are all wrong. */
  public SimWorld(long seed) {
    this(seed, WrongClocks.EVERYBODYS);
  }

  /** The same draws, with other clocks. */
  public SimWorld(long seed, WrongClocks wrong) {
    this.random = new SplittableRandom(seed);
    this.faults = Faults.drawn(random.split());
    SplittableRandom leaders = random.split();
    SplittableRandom hostA = random.split();
    SplittableRandom hostB = random.split();
    // Large enough for what an agent says of itself, or for everything.
    this.spoolEvents = random.nextBoolean() ? 1_000_000 : random.nextInt(8, 32);
    this.leader = new SimLeader(this, leaders, wall(wrong == WrongClocks.EVERYBODYS));
    this.hosts =
        List.of(
            new SimHost(this, "trade-a", hostA, wall(wrong != WrongClocks.NOBODYS)),
            new SimHost(this, "trade-b", hostB, wall(wrong != WrongClocks.NOBODYS)));
  }

  private WallClock wall(boolean wrong) {
    return new WallClock(time, random.split(), wrong);
  }

  /**
   * Runs both phases.
   *
   * @param faulty length of the first phase
   * @return what the run came to; the same for the same seed, on every machine
   * @throws AssertionError when a promise was broken
   */
  public long run(Duration faulty) {
    leader.start();
    hosts.forEach(SimHost::start);
    time.runUntil(faulty.toMillis());
    faults = Faults.NONE;
    time.runUntil(faulty.toMillis() + RESTING_MILLIS);
    Promises.atRest(this);
    return leader.ledger().history().after(0).toList().toString().hashCode();
  }

  /** How long a message takes. */
  long delay(SplittableRandom stream) {
    return 1 + stream.nextLong(faults.delayMillis());
  }

  /** The time to the next of events with this mean distance. */
  static long exponential(SplittableRandom stream, long mean) {
    return (long) (-Math.log(1 - stream.nextDouble()) * mean);
  }

  private static Plan plan() {
    Map<String, Service> services = new LinkedHashMap<>();
    for (String host : List.of("trade-a", "trade-b")) {
      for (String name : List.of("engine", "api")) {
        String full = name + "-" + host;
        services.put(full, service(full, host, name.equals("engine")));
      }
    }
    return new Plan(
        "sha256:simulated",
        new SystemInfo("simulated", "en", "UTC"),
        Map.of(Level.P2, new Objective(Duration.ofHours(2), Duration.ofMinutes(5))),
        Map.of(
            "trade-a", new Host("trade-a", "10.0.0.11"),
            "trade-b", new Host("trade-b", "10.0.0.12")),
        Map.of("primary", new Site("primary", List.of("trade-a", "trade-b"), Optional.empty())),
        timing(30),
        services,
        List.of(HealingRule.withDefaults(Trigger.SERVICE_DOWN, Action.RESTART_SERVICE)));
  }

  private static Service service(String name, String host, boolean critical) {
    return new Service(
        name,
        critical,
        critical,
        "trading",
        "",
        List.of(host),
        List.of(
            new Check("process", timing(1), new Probe.ProcessAlive()),
            new Check("http", timing(30), new Probe.Http("http://127.0.0.1:8000/health"))));
  }

  private static CheckTiming timing(int seconds) {
    return new CheckTiming(Duration.ofSeconds(seconds), Duration.ofSeconds(5), 3, 2);
  }
}
