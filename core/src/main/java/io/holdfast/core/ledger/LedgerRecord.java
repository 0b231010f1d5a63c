package io.holdfast.core.ledger;

import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.Reason;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Plan;
import io.holdfast.core.trust.TrustChange;
import java.util.List;

/**
 * One fact of the log. All times and ids are inside: applying it asks nothing of its surroundings.
 */
public sealed interface LedgerRecord {

  /**
   * A plan is in force.
   *
   * @param text the file as the operator sent it
   * @param plan what the text says
   * @param operator who applied it
   */
  record PlanApplied(String text, Plan plan, long wallMillis, String operator)
      implements LedgerRecord {}

  /**
   * An agent's event, recorded once.
   *
   * @param receivedWallMillis when the leader took it, by the leader's wall clock
   * @param happenedWallMillis when it happened, by the leader's wall clock
   */
  record EventRecorded(
      String host,
      String spoolId,
      SpooledEvent event,
      long receivedWallMillis,
      long happenedWallMillis)
      implements LedgerRecord {

    /** One whose age the agent did not tell: the host's wall clock dates it. */
    public EventRecorded(String host, String spoolId, SpooledEvent event, long receivedWallMillis) {
      this(host, spoolId, event, receivedWallMillis, event.at().wallMillis());
    }
  }

  /**
   * A disruption that healing did not clear at once.
   *
   * @param id unique for ever
   * @param lastGoodWallMillis when the service was last known to be good; from then the RTO runs
   * @param why a sentence for the operator
   */
  record IncidentOpened(
      String id,
      String host,
      String service,
      Level level,
      long lastGoodWallMillis,
      long openedWallMillis,
      List<Reason> reasons,
      String why)
      implements LedgerRecord {
    /** Copies the list. */
    public IncidentOpened {
      reasons = List.copyOf(reasons);
    }
  }

  /** The incident is worse than it was. */
  record IncidentLevelChanged(String id, Level level, long wallMillis, String why)
      implements LedgerRecord {}

  /**
   * The incident is over.
   *
   * @param outageMillis from last known good to the end
   * @param recovered true: the service is verified healthy; false: the plan guards it no more
   */
  record IncidentEnded(String id, long wallMillis, long outageMillis, boolean recovered)
      implements LedgerRecord {}

  /** Tokens or certificates changed. */
  record TrustChanged(TrustChange change) implements LedgerRecord {}
}
