package io.holdfast.core.healing;

/** Why nothing is done. The names are part of the API: they are never renamed. */
public enum HeldReason {
  /** The plan has no rule for this. */
  NO_RULE,
  /** The host's agent.yaml does not let the agent start this service. */
  NOT_MANAGED_HERE,
  /** The reason of the verdict is one that a restart cannot mend. */
  RESTART_CANNOT_HELP,
  ATTEMPTS_EXHAUSTED,
  BUDGET_SPENT,
  COOLDOWN,
  /** There is no service that this rule may restart. */
  NO_TARGET,
  /** It was run anew without the agent: its checks get their time before it is acted on. */
  RESTARTED_BY_ANOTHER
}
