package io.holdfast.core.leader;

import io.holdfast.core.ledger.LedgerRecord;
import java.util.List;

/**
 * What one step decided: commit {@code records}, then carry out {@code actions}.
 *
 * @param next the leader's volatile state afterwards
 */
public record Decision(LeaderState next, List<LedgerRecord> records, List<LeaderAction> actions) {

  /** Copies the lists. */
  public Decision {
    records = List.copyOf(records);
    actions = List.copyOf(actions);
  }
}
