package io.holdfast.core.ledger;

/**
 * How far a spool is in the ledger.
 *
 * @param lastSequence sequence of its last recorded event
 * @param events how many of its events are recorded
 * @param lastPosition position of its last event in the ledger's history
 */
public record SpoolPosition(long lastSequence, long events, long lastPosition) {}
