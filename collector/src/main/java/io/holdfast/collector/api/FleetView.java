package io.holdfast.collector.api;

import io.holdfast.core.Moment;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.v1.Beat;
import io.holdfast.proto.v1.LoadPoint;
import java.util.List;
import java.util.Optional;

/** The soft state of the hosts. Asked on the API's event loop: it must be safe for that thread. */
public interface FleetView {
  /** What is known of that host; empty: it never connected to this collector. */
  Optional<HostLink> host(String name);

  /** The newest beats of that service on that host, at most so many, oldest first. */
  List<Beat> beats(String host, String service, int most);

  /** The newest points of that host's load, at most so many, oldest first. */
  List<LoadPoint> load(String host, int most);

  /**
   * A host's link.
   *
   * @param connected whether its stream is open
   * @param planHash plan that the agent says it works from; empty: none
   * @param agentBuild for people
   * @param stream names its stream; empty: it is not connected
   * @param certificateEndsWallMillis of the stream; 0: it is not connected
   * @param last its newest heartbeat; empty: none since this collector started
   */
  record HostLink(
      boolean connected,
      String planHash,
      String agentBuild,
      String stream,
      long certificateEndsWallMillis,
      Optional<Heard> last) {}

  /**
   * A heartbeat and when it came.
   *
   * @param at by this collector's clocks
   */
  record Heard(Heartbeat heartbeat, Moment at) {}
}
