package io.holdfast.collector.link;

import io.holdfast.core.agent.Delivery;
import io.holdfast.core.plan.HostPlan;
import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the agents' streams need of the collector. Called on one event loop, so nothing here may
 * block; futures may be completed on any thread. A future that fails with anything but {@link
 * GapException} tells the agent to try again later, here or at another collector.
 */
public interface LinkHandler {

  /** Whether the plan in force has this host; true while no plan is in force. */
  boolean knows(String host);

  /** The last sequence of this spool in the ledger; 0: the ledger has none of its events. */
  Future<Long> lastSequence(String host, String spoolId);

  /**
   * Records events in their order.
   *
   * @return after their commit, the sequence up to which the ledger has the whole spool; failed
   *     with {@link GapException} when they do not follow what it has
   */
  Future<Long> record(String host, String spoolId, Delivery delivery);

  /**
   * A stream is open. Followed by exactly one {@link #disconnected} before the next of that host.
   */
  void connected(String host, HelloInfo hello, StreamFacts stream);

  /** The open stream of that host has a newer certificate. */
  void renewed(String host, StreamFacts stream);

  /** The open stream of that host ended. */
  void disconnected(String host);

  /** A heartbeat of a connected host; not checked beyond its form. */
  void heartbeat(String host, Heartbeat heartbeat);

  /** The host has stored this plan and works from it. */
  void planAcknowledged(String host, String planHash);

  /** The host's part of the plan in force; empty: there is no plan, or it has no part in it. */
  Optional<HostPlan> planFor(String host);

  /**
   * A new certificate for a key that was made on the host.
   *
   * @param shown the stream's newest certificate
   * @param publicKey SubjectPublicKeyInfo in DER
   * @param proof that the agent has its key
   * @return after the commit, the certificate and those between it and the root; failed with {@link
   *     io.holdfast.core.trust.DeniedException} when it is not to be had
   */
  Future<List<X509Certificate>> renew(
      String host, PresentedCertificate shown, byte[] publicKey, byte[] proof);

  /** This collector's wall clock. */
  long wallMillis();
}
