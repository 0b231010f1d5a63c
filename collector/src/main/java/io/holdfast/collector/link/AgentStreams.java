package io.holdfast.collector.link;

import io.holdfast.core.plan.HostPlan;
import java.util.Set;

/** What can be told to agents that are connected here. May be used from any thread. */
public interface AgentStreams {

  /** Sends the host its plan; nothing happens when it is not connected: its next Hello tells. */
  void send(String host, HostPlan plan);

  /**
   * Has the host renew its certificate; nothing happens when it is not connected.
   *
   * @param withinMillis it begins at a time of its own within that span
   */
  void askToRenew(String host, long withinMillis);

  /** Hosts with an open stream to this collector. */
  Set<String> connectedHosts();
}
