/**
 * The replicated, durable log of decisions on Apache Ratis. {@link
 * io.holdfast.collector.ledger.RatisLedger} is its only door.
 */
package io.holdfast.collector.ledger;
