package io.holdfast.collector.app;

import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.vertx.core.Future;
import java.util.List;

/** Where the leader's loop records its decisions: the ledger, seen from the loop. */
interface DecisionLog {

  /** The state after the newest applied entry. */
  ClusterState state();

  /** Whether this node leads and has applied everything that was committed before. */
  boolean leads();

  /**
   * Commits and applies the records as one entry; none at all is an entry too (a barrier).
   *
   * @return fails when it is not known to be committed
   */
  Future<Void> append(List<LedgerRecord> records);
}
