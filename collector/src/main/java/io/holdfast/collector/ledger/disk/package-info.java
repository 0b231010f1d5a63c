/**
 * What Holdfast keeps and checks on disk around the storage of Ratis: lock, identity, tip,
 * snapshots, a look through the log before Ratis opens it, and a reserve of space.
 */
package io.holdfast.collector.ledger.disk;
