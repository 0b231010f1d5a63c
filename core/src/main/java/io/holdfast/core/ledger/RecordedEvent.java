package io.holdfast.core.ledger;

import io.holdfast.core.ledger.LedgerRecord.EventRecorded;

/**
 * An event with its place in the ledger's history.
 *
 * @param position 1 for the first event of the ledger's life, without gaps
 */
public record RecordedEvent(long position, EventRecorded recorded) {}
