/**
 * Keeps the agent's events on disk until the ledger has them: bounded, crash-safe, in order.
 *
 * <p>Nothing is lost silently: what cannot be kept is merged into an event that says how much.
 */
package io.holdfast.agent.spool;
