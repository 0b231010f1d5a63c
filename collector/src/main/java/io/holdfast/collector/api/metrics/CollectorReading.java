package io.holdfast.collector.api.metrics;

import io.holdfast.proto.v1.SystemStatus;
import java.util.Map;

/**
 * The collector at one instant.
 *
 * @param status what operators see
 * @param incidentsOpened in the ledger's life
 * @param leads whether this node's ledger leads
 * @param streams of agents that are open
 * @param watchers of the status
 * @param answers of the API so far
 */
public record CollectorReading(
    SystemStatus status,
    long incidentsOpened,
    boolean leads,
    int streams,
    int watchers,
    EventCounts events,
    CertificateCounts certificates,
    Map<Answers.Answer, Long> answers) {

  /**
   * Events of agents, since the collector started.
   *
   * @param received every arrival
   * @param recorded those that are in the ledger for it
   * @param repeated those that the ledger had when they arrived
   */
  public record EventCounts(long received, long recorded, long repeated) {}

  /**
   * Certificates, since the collector started.
   *
   * @param issued by this collector, its own among them
   * @param refused requests of hosts for one
   */
  public record CertificateCounts(long issued, long refused) {}
}
