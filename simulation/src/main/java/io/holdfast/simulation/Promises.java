package io.holdfast.simulation;

import io.holdfast.core.agent.HostEvent.EventsDropped;
import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.health.Verdict;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.Incident;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.RecordedEvent;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.ledger.ServiceState;
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
   * After healing and a while: all told, all up, nothing open, each event once and in order or said
   * to be dropped, and the ledger's verdicts are the agents'.
   */
  static void atRest(SimWorld world) {
    ClusterState ledger = world.leader.ledger();
    for (SimHost host : world.hosts) {
      told(ledger, host);
      require(host.down().isEmpty(), "%s: still down: %s", host.name(), host.down());
      for (ServiceView view : host.agent().views()) {
        require(
            view.verdict().verdict() == Verdict.HEALTHY,
            "%s: %s is %s",
            host.name(),
            view.service(),
            view.verdict());
        ServiceState recorded = ledger.service(new ServiceKey(host.name(), view.service()));
        require(
            recorded.verdict() == view.verdict().verdict()
                && recorded.reasons().equals(view.verdict().reasons()),
            "%s: %s is %s, the ledger says %s",
            host.name(),
            view.service(),
            view.verdict(),
            recorded);
      }
    }
    List<String> open = ledger.openIncidents().map(Incident::id).toList();
    require(open.isEmpty(), "incidents are still open: %s", open);
    ledger.incidents().values().forEach(incident -> span(world, incident.ended().orElseThrow()));
  }

  private static void told(ClusterState ledger, SimHost host) {
    List<SpooledEvent> told = host.spool().told();
    List<SpooledEvent> recorded =
        ledger
            .history()
            .after(0)
            .map(RecordedEvent::recorded)
            .filter(event -> event.host().equals(host.name()))
            .map(event -> event.event())
            .toList();
    boolean[] accounted = new boolean[told.size() + 1];
    long last = 0;
    for (SpooledEvent event : recorded) {
      require(event.sequence() > last, "%s: %s is not in order", host.name(), event);
      last = event.sequence();
      SpooledEvent original = told.get((int) last - 1);
      if (event.event() instanceof EventsDropped dropped) {
        for (long i = dropped.firstSequence(); i <= dropped.lastSequence(); i++) {
          accounted[(int) i] = true;
        }
      } else {
        require(
            event.event().equals(original.event()) && event.at().equals(original.at()),
            "%s: told %s, the ledger has %s",
            host.name(),
            original,
            event);
      }
      accounted[(int) last] = true;
    }
    require(last == told.size(), "%s: not all that was told is in the ledger", host.name());
    for (long i = 1; i <= last; i++) {
      require(accounted[(int) i], "%s: event %d is gone without a word", host.name(), i);
    }
  }

  private static void span(SimWorld world, IncidentEnded ended) {
    require(
        ended.outageMillis() >= 0 && ended.outageMillis() <= world.time.now(),
        "%s: an outage of %d ms in a run of %d ms",
        ended.id(),
        ended.outageMillis(),
        world.time.now());
  }

  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new AssertionError(String.format(java.util.Locale.ROOT, message, values));
    }
  }
}
