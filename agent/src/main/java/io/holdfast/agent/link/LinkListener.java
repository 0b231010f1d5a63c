package io.holdfast.agent.link;

import io.holdfast.core.plan.HostPlan;
import io.vertx.core.Future;

/** What the link tells the agent. Called on the link's event loop. */
public interface LinkListener {

  /**
   * A plan for this host came.
   *
   * @return done once it is stored and in force, which is then told to the collector; failed when
   *     it could not be stored
   */
  Future<Void> planReceived(HostPlan plan);

  /** The stream is open. */
  void connected(String collector);

  /** An open stream ended; the link is already trying again. */
  void disconnected(LinkFailure failure);

  /** This host's certificate was renewed over the open stream, or that was tried in vain. */
  default void certificateRenewed(boolean done) {}

  /** The link looked at itself: a stream, an attempt or a wait is under way. */
  default void turned() {}

  /** An attempt ended without a stream; also told when nothing changed. */
  default void attemptFailed(LinkFailure failure) {}
}
