package io.holdfast.simulation;

import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.Incident;
import io.holdfast.core.ledger.RecordedEvent;
import java.util.List;

/** What must hold in every run. */
final class Promises {

  private Promises() {}

  /** Whatever was acknowledged is in the ledger. */
  static void acknowledged(SimWorld world, String host, SimSpool spool) {
    long recorded = world.leader.ledger().lastSequence(host, "spool");
    require(
        recorded >= spool.acknowledged(),
        "%s: acknowledged %d, the ledger has %d",
        host,
        spool.acknowledged(),
        recorded);
  }

  /**
   * After healing and a while: all told, all up, nothing open, and each event once and in order.
   */
  static void atRest(SimWorld world) {
    for (SimHost host : world.hosts) {
      List<SpooledEvent> recorded =
          world
              .leader
              .ledger()
              .history()
              .after(0)
              .map(RecordedEvent::recorded)
              .filter(event -> event.host().equals(host.name()))
              .map(event -> event.event())
              .toList();
      List<SpooledEvent> told = host.spool().told();
      require(
          recorded.equals(told.subList(told.size() - recorded.size(), told.size())),
          "%s: the ledger is not what was told",
          host.name());
      require(
          world.leader.ledger().lastSequence(host.name(), "spool") == told.size(),
          "%s: not all that was told is in the ledger",
          host.name());
      require(host.down().isEmpty(), "%s: still down: %s", host.name(), host.down());
      for (ServiceView view : host.agent().views()) {
        require(
            view.verdict().verdict() == Verdict.HEALTHY,
            "%s: %s is %s",
            host.name(),
            view.service(),
            view.verdict());
      }
    }
    List<String> open = world.leader.ledger().openIncidents().map(Incident::id).toList();
    require(open.isEmpty(), "incidents are still open: %s", open);
  }

  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new AssertionError(String.format(java.util.Locale.ROOT, message, values));
    }
  }
}
