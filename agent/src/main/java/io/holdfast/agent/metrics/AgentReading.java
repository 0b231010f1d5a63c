package io.holdfast.agent.metrics;

import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.load.HostSample;
import java.util.List;
import java.util.Optional;

/**
 * The agent at one instant.
 *
 * @param sample newest reading of the host; empty: none, or it cannot be read
 * @param lagSeconds how late the event loop was at worst in the last minute
 */
public record AgentReading(
    Optional<HostSample> sample,
    List<ServiceView> services,
    AgentTally.Counts counts,
    SpoolFigures spool,
    double lagSeconds) {

  /** Copies the list. */
  public AgentReading {
    services = List.copyOf(services);
  }

  /**
   * The spool.
   *
   * @param bytes size of its files
   * @param maxBytes their bound
   * @param events that the ledger is not known to have
   * @param dropped events that gave way since the agent started
   * @param writable whether events reach the disk
   */
  public record SpoolFigures(
      long bytes, long maxBytes, long events, long dropped, boolean writable) {}
}
