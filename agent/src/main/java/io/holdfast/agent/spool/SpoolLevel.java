package io.holdfast.agent.spool;

/**
 * How full the spool is.
 *
 * @param bytes size of its files
 * @param maxBytes their bound
 * @param events that are not acknowledged, those that gave way since included
 * @param dropped events that gave way since it was opened
 */
public record SpoolLevel(long bytes, long maxBytes, long events, long dropped) {}
