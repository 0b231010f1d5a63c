package io.holdfast.core.ledger;

import io.holdfast.core.agent.HostEvent;
import io.holdfast.core.health.Reason;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.IncidentLevelChanged;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.core.ledger.LedgerRecord.TrustChanged;
import io.holdfast.core.trust.TrustChange;
import java.util.List;

/**
 * About how many bytes of memory a record needs: the same for the same record on every machine, and
 * never much less than the truth. A character counts two bytes.
 */
public final class RecordWeight {
  private static final int OBJECT = 128;

  private RecordWeight() {}

  /** The weight in bytes, more than 0. */
  public static long of(LedgerRecord record) {
    return OBJECT
        + switch (record) {
          case PlanApplied applied -> text(applied.text());
          case EventRecorded recorded ->
              OBJECT
                  + text(recorded.host())
                  + text(recorded.spoolId())
                  + text(recorded.event().bootId())
                  + event(recorded.event().event());
          case IncidentOpened opened ->
              text(opened.id()) + text(opened.why()) + reasons(opened.reasons());
          case IncidentLevelChanged changed -> text(changed.id()) + text(changed.why());
          case IncidentEnded ended -> text(ended.id());
          case TrustChanged changed -> trust(changed.change());
        };
  }

  private static long trust(TrustChange change) {
    return OBJECT
        + switch (change) {
          case TrustChange.TokenIssued issued ->
              text(issued.sha256()) + text(issued.host()) + text(issued.operator());
          case TrustChange.TokenUsed used -> text(used.sha256());
          case TrustChange.CertificateIssued issued ->
              text(issued.serial()) + text(issued.identity());
          case TrustChange.CertificatesRevoked revoked ->
              OBJECT + text(revoked.reason()) + text(revoked.operator());
        };
  }

  private static long event(HostEvent event) {
    return text(event.service())
        + switch (event) {
          case HostEvent.AgentStarted started ->
              text(started.build())
                  + started.reattached().stream().mapToLong(name -> OBJECT / 2 + text(name)).sum();
          case HostEvent.PlanStored stored -> text(stored.planHash());
          case HostEvent.VerdictChanged changed -> reasons(changed.reasons());
          case HostEvent.HealingFailed failed -> text(failed.detail());
          case HostEvent.HealingHeld held -> text(held.detail());
          case HostEvent.ServiceStarted started -> 0;
          case HostEvent.ServiceExited exited ->
              text(exited.ending().result())
                  + exited.ending().lastLines().stream()
                      .mapToLong(line -> OBJECT / 2 + text(line))
                      .sum();
          case HostEvent.HealingStarted started -> 0;
          case HostEvent.HealingVerified verified -> 0;
          case HostEvent.EventsDropped dropped -> 0;
        };
  }

  private static long reasons(List<Reason> reasons) {
    return reasons.stream()
        .mapToLong(reason -> OBJECT + text(reason.check()) + text(reason.detail()))
        .sum();
  }

  private static long text(String text) {
    return 2L * text.length();
  }
}
