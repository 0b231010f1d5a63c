package io.holdfast.agent.link;

/** What the agent knows right now. Called on the link's event loop. */
public interface AgentFacts {

  /** What the next heartbeat says. */
  HeartbeatContent heartbeat();

  /** Hash of the plan that the agent works from; empty: it has none. */
  String planHash();
}
