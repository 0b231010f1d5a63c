package io.holdfast.collector.fleet;

import io.holdfast.core.Moment;
import io.holdfast.proto.agent.v1.Heartbeat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** What this collector heard from each host. Safe for all threads. */
public final class Fleet {

  private final ConcurrentMap<String, HostEntry> hosts = new ConcurrentHashMap<>();

  /**
   * One host.
   *
   * @param connected whether its stream is open
   * @param planHash plan that the agent says it works from; empty: none
   * @param build of the agent, for people
   * @param heartbeat the newest; empty: none since this collector started
   * @param heardAt when the newest heartbeat came, by this collector's clocks
   */
  public record HostEntry(
      boolean connected,
      String planHash,
      String build,
      Optional<Heartbeat> heartbeat,
      Optional<Moment> heardAt) {

    private static final HostEntry NEW =
        new HostEntry(false, "", "", Optional.empty(), Optional.empty());

    private HostEntry linked(boolean open, String plan, String agentBuild) {
      return new HostEntry(open, plan, agentBuild, heartbeat, heardAt);
    }
  }

  /** A stream of this host is open. */
  public void connected(String host, String planHash, String build) {
    update(host, entry -> entry.linked(true, planHash, build));
  }

  /** The host's stream is closed. */
  public void disconnected(String host) {
    update(host, entry -> entry.linked(false, entry.planHash(), entry.build()));
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
                Optional.of(heartbeat),
                Optional.of(now)));
  }

  /** What is known of that host; empty: it never connected to this collector. */
  public Optional<HostEntry> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  private void update(String host, UnaryOperator<HostEntry> change) {
    hosts.compute(host, (name, old) -> change.apply(old == null ? HostEntry.NEW : old));
  }
}
