/**
 * The agent's stream to a collector: mTLS, one stream at a time, reconnecting for ever. It brings
 * the spool's events into the ledger at least once and in order, sends the newest heartbeat, and
 * takes the host's plan. Everything runs on one event loop; its neighbours are the ports {@link
 * io.holdfast.agent.link.EventSource}, {@link io.holdfast.agent.link.AgentFacts} and {@link
 * io.holdfast.agent.link.LinkListener}.
 */
package io.holdfast.agent.link;
