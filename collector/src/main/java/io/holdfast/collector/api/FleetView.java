package io.holdfast.collector.api;

import io.holdfast.core.Moment;
import io.holdfast.proto.agent.v1.Heartbeat;
import java.util.Optional;

/** The soft state of the hosts. Asked on the API's event loop: it must be safe for that thread. */
@FunctionalInterface
public interface FleetView {
  /** What is known of that host; empty: it never connected to this collector. */
  Optional<HostLink> host(String name);

  /**
   * A host's link.
   *
   * @param connected whether its stream is open
   * @param planHash plan that the agent says it works from; empty: none
   * @param agentBuild for people
   * @param last its newest heartbeat; empty: none since this collector started
   */
  record HostLink(boolean connected, String planHash, String agentBuild, Optional<Beat> last) {}

  /**
   * A heartbeat and when it came.
   *
   * @param at by this collector's clocks
   */
  record Beat(Heartbeat heartbeat, Moment at) {}
}
