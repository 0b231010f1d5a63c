package io.holdfast.collector.fleet;

import io.holdfast.core.Moment;
import io.holdfast.core.health.Silence;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.LoadPoint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/**
 * What this collector heard from each host, and of planned hosts also the newest part of the past.
 * Bounded by the plan. The agents' event loop writes; all threads may read.
 */
public final class Fleet {
  /** Of each service this many beats are kept. */
  public static final int BEATS = ServicePast.KEPT;

  /** Of each host this many points of its load are kept. */
  public static final int LOAD_POINTS = LoadPast.KEPT;

  /** Heartbeats come once a second: nothing is judged more often. */
  private static final long SHORTEST_INTERVAL_MILLIS = 1_000;

  private final ConcurrentMap<String, HostEntry> hosts = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, HostPast> pasts = new ConcurrentHashMap<>();
  private String planHash = "";

  /**
   * One host.
   *
   * @param connected whether its stream is open
   * @param planHash plan that the agent says it works from; empty: none
   * @param build of the agent, for people
   * @param stream names its stream; empty: it is not connected
   * @param certificateEndsWallMillis of the stream's newest certificate; 0: it is not connected
   * @param heartbeat the newest; empty: none since this collector started
   * @param heardAt when the newest heartbeat came, by this collector's clocks
   */
  public record HostEntry(
      boolean connected,
      String planHash,
      String build,
      String stream,
      long certificateEndsWallMillis,
      Optional<Heartbeat> heartbeat,
      Optional<Moment> heardAt) {

    private static final HostEntry NEW =
        new HostEntry(false, "", "", "", 0, Optional.empty(), Optional.empty());

    private HostEntry linked(boolean open, String plan, String agentBuild) {
      return new HostEntry(
          open, plan, agentBuild, stream, certificateEndsWallMillis, heartbeat, heardAt);
    }

    private HostEntry on(String newStream, long endsWallMillis) {
      return new HostEntry(
          connected, planHash, build, newStream, endsWallMillis, heartbeat, heardAt);
    }
  }

  /** A stream of this host is open. */
  public void connected(String host, String planHash, String build) {
    update(host, entry -> entry.linked(true, planHash, build));
  }

  /** This host's stream has that name, and its newest certificate ends then. */
  public void streaming(String host, String stream, long certificateEndsWallMillis) {
    update(host, entry -> entry.on(stream, certificateEndsWallMillis));
  }

  /** The host's stream is closed. */
  public void disconnected(String host) {
    update(host, entry -> entry.linked(false, entry.planHash(), entry.build()).on("", 0));
  }

  /** The agent works from this plan now. */
  public void planStored(String host, String planHash) {
    update(host, entry -> entry.linked(entry.connected(), planHash, entry.build()));
  }

  /** The host said this. */
  public void heard(String host, Heartbeat heartbeat, Moment now) {
    update(
        host,
        entry ->
            new HostEntry(
                entry.connected(),
                entry.planHash(),
                entry.build(),
                entry.stream(),
                entry.certificateEndsWallMillis(),
                Optional.of(heartbeat),
                Optional.of(now)));
    past(host).ifPresent(past -> past.heard(heartbeat, now));
  }

  /**
   * Notes what follows from the mere passing of time, silence above all, and forgets what is not
   * planned any more. To be called about twice a second, on the thread that tells what was heard.
   */
  public void review(Plan plan, Moment now) {
    if (!plan.hash().equals(planHash)) {
      planHash = plan.hash();
      follow(plan, now);
    }
    hosts
        .entrySet()
        .removeIf(host -> !host.getValue().connected() && !plan.hosts().containsKey(host.getKey()));
    pasts.forEach((host, past) -> past.review(isSilent(host, now), now));
  }

  private void follow(Plan plan, Moment now) {
    pasts.keySet().retainAll(plan.hosts().keySet());
    Map<String, Map<String, Long>> intervals = new HashMap<>();
    for (Service service : plan.services().values()) {
      for (String host : service.runsOn()) {
        intervals
            .computeIfAbsent(host, first -> new LinkedHashMap<>())
            .put(service.name(), usualInterval(service));
      }
    }
    for (String host : plan.hosts().keySet()) {
      pasts
          .computeIfAbsent(host, added -> new HostPast())
          .plan(intervals.getOrDefault(host, Map.of()), now);
    }
  }

  private static long usualInterval(Service service) {
    long shortest =
        service.checks().stream()
            .mapToLong(check -> check.timing().interval().toMillis())
            .min()
            .orElse(SHORTEST_INTERVAL_MILLIS);
    return Math.max(SHORTEST_INTERVAL_MILLIS, shortest);
  }

  private boolean isSilent(String host, Moment now) {
    HostEntry entry = hosts.getOrDefault(host, HostEntry.NEW);
    return Silence.of(entry.connected(), entry.heardAt(), now);
  }

  /** The newest beats of that service on that host, at most so many, oldest first. */
  public List<Beat> beats(String host, String service, int most) {
    return past(host).map(past -> past.beats(service, most)).orElse(List.of());
  }

  /** The newest points of that host's load, at most so many, oldest first. */
  public List<LoadPoint> load(String host, int most) {
    return past(host).map(past -> past.load(most)).orElse(List.of());
  }

  private Optional<HostPast> past(String host) {
    return Optional.ofNullable(pasts.get(host));
  }

  /** What is known of that host; empty: it never connected to this collector. */
  public Optional<HostEntry> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  private void update(String host, UnaryOperator<HostEntry> change) {
    hosts.compute(host, (name, old) -> change.apply(old == null ? HostEntry.NEW : old));
  }
}
