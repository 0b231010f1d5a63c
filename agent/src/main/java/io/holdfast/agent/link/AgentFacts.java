package io.holdfast.agent.link;

import io.holdfast.core.Moment;

/** What the agent knows right now. Called on the link's event loop. */
public interface AgentFacts {

  /** This host's clocks. */
  Moment now();

  /** What the next heartbeat says. */
  HeartbeatContent heartbeat();

  /** Hash of the plan that the agent works from; empty: it has none. */
  String planHash();
}
