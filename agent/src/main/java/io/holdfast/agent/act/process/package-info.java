/**
 * Process mode: each service's parent is the program {@code keeper}, which outlives the agent.
 *
 * <p>The agent writes commands into a keeper's FIFO and reads its reports from an append-only file.
 */
package io.holdfast.agent.act.process;
