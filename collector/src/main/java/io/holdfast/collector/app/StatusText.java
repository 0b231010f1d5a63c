package io.holdfast.collector.app;

import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.plan.Plan;

/** The collector in one line, for {@code systemctl status}. */
final class StatusText {
  /** Of a plan's hash: {@code sha256:} and enough to tell plans apart. */
  private static final int HASH_CHARS = "sha256:".length() + 12;

  private StatusText() {}

  /** As in {@code leads; 2 of 3 hosts connected; plan sha256:1234…; 1 incident open}. */
  static String of(boolean leads, ClusterState state, int connected) {
    long incidents = state.openIncidents().count();
    return String.join(
        "; ",
        leads ? "leads" : "follows",
        state
                .planInForce()
                .map(plan -> connected + " of " + hosts(plan))
                .orElse(connected + " hosts")
            + " connected",
        state.planInForce().map(Plan::hash).map(StatusText::plan).orElse("no plan yet"),
        incidents == 0
            ? "no incident"
            : incidents + (incidents == 1 ? " incident" : " incidents") + " open");
  }

  private static String hosts(Plan plan) {
    return plan.hosts().size() + (plan.hosts().size() == 1 ? " host" : " hosts");
  }

  private static String plan(String hash) {
    return "plan " + (hash.length() <= HASH_CHARS ? hash : hash.substring(0, HASH_CHARS) + "…");
  }
}
