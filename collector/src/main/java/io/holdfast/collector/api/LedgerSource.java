package io.holdfast.collector.api;

import io.holdfast.core.ledger.ClusterState;

/** Gives what the ledger says. Asked on the API's event loop: it must not block. */
@FunctionalInterface
public interface LedgerSource {
  /** The state after the newest applied entry. */
  Reading read();

  /**
   * A state and how far it is.
   *
   * @param index counts the entries of the ledger since its birth, not negative
   */
  record Reading(ClusterState state, long index) {}
}
