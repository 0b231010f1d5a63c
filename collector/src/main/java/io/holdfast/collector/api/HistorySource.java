package io.holdfast.collector.api;

import io.holdfast.proto.v1.History;

/**
 * Gives what led to the present: the newest beats of services and the load of hosts, as far as this
 * collector heard them since it started. Asked on the API's event loop.
 */
@FunctionalInterface
public interface HistorySource {
  /**
   * The history of what is planned.
   *
   * @param host only that host's; empty: all hosts
   * @param service only that service's, and the load of hosts that run it; empty: all services
   * @return what is not in the plan is not in it
   */
  History history(String host, String service);
}
