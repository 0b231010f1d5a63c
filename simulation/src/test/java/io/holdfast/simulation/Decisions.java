package io.holdfast.simulation;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.agent.HostEvent.EventsDropped;
import io.holdfast.core.agent.HostEvent.VerdictChanged;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.IncidentLevelChanged;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.core.ledger.LedgerRecord.TrustChanged;
import java.util.List;

/** A ledger without what wall clocks said in it. */
final class Decisions {
  private Decisions() {}

  /** Without what the hosts' clocks said; the collector's times are there. */
  static List<LedgerRecord> withoutHostsTimes(List<LedgerRecord> log) {
    return log.stream().map(Decisions::withoutHostsTimes).toList();
  }

  /** Without any wall time; spans are there. */
  static List<LedgerRecord> withoutTimes(List<LedgerRecord> log) {
    return log.stream().map(Decisions::withoutHostsTimes).map(Decisions::withoutTimes).toList();
  }

  private static LedgerRecord withoutHostsTimes(LedgerRecord record) {
    if (!(record instanceof EventRecorded recorded)) {
      return record;
    }
    SpooledEvent event = recorded.event();
    return new EventRecorded(
        recorded.host(),
        recorded.spoolId(),
        new SpooledEvent(
            event.sequence(),
            event.previous(),
            new Moment(event.at().bootMillis(), 0),
            event.bootId(),
            withoutTimes(event.event())),
        recorded.receivedWallMillis(),
        recorded.happenedWallMillis());
  }

  private static HostEvent withoutTimes(HostEvent event) {
    return switch (event) {
      case VerdictChanged told ->
          new VerdictChanged(
              told.service(),
              told.from(),
              told.to(),
              told.reasons(),
              0,
              told.lastGoodAgoMillis(),
              told.sinceAgoMillis());
      case EventsDropped told ->
          new EventsDropped(
              told.service(), told.count(), told.firstSequence(), told.lastSequence(), 0, 0);
      default -> event;
    };
  }

  private static LedgerRecord withoutTimes(LedgerRecord record) {
    return switch (record) {
      case PlanApplied it -> new PlanApplied(it.text(), it.plan(), 0, it.operator());
      case EventRecorded it -> new EventRecorded(it.host(), it.spoolId(), it.event(), 0, 0);
      case IncidentOpened it ->
          new IncidentOpened(
              it.id(), it.host(), it.service(), it.level(), 0, 0, it.reasons(), it.why());
      case IncidentLevelChanged it -> new IncidentLevelChanged(it.id(), it.level(), 0, it.why());
      case IncidentEnded it -> new IncidentEnded(it.id(), 0, it.outageMillis(), it.recovered());
      case TrustChanged it -> it;
    };
  }
}
