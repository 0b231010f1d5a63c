/** How records and states stand in the log's entries and in snapshots. */
package io.holdfast.collector.ledger.record;
