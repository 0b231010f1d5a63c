package io.holdfast.collector.ledger.record;

import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.core.ledger.LedgerRecord.IncidentEnded;
import io.holdfast.core.ledger.LedgerRecord.IncidentLevelChanged;
import io.holdfast.core.ledger.LedgerRecord.IncidentOpened;
import io.holdfast.core.ledger.LedgerRecord.PlanApplied;
import io.holdfast.core.ledger.LedgerRecord.TrustChanged;
import io.holdfast.core.plan.Level;
import io.holdfast.core.plan.Plan;
import io.holdfast.proto.ledger.v1.Record;
import io.holdfast.wire.EventMapping;
import io.holdfast.wire.ReasonMapping;
import io.holdfast.wire.WireException;

/** A {@link LedgerRecord} in an entry. What this build does not know stops it. */
final class RecordMapping {
  private final PlanParser parser;

  RecordMapping(PlanParser parser) {
    this.parser = parser;
  }

  Record toProto(LedgerRecord record) {
    Record.Builder message = Record.newBuilder();
    switch (record) {
      case PlanApplied applied -> message.setPlanApplied(plan(applied));
      case EventRecorded recorded -> message.setEventRecorded(event(recorded));
      case IncidentOpened opened -> message.setIncidentOpened(opened(opened));
      case IncidentLevelChanged changed -> message.setIncidentLevelChanged(levelChanged(changed));
      case IncidentEnded ended -> message.setIncidentEnded(ended(ended));
      case TrustChanged changed -> TrustMapping.to(changed.change(), message);
    }
    return message.build();
  }

  LedgerRecord fromProto(Record record) {
    return switch (record.getRecordCase()) {
      case PLAN_APPLIED -> plan(record.getPlanApplied());
      case EVENT_RECORDED -> event(record.getEventRecorded());
      case INCIDENT_OPENED -> opened(record.getIncidentOpened());
      case INCIDENT_LEVEL_CHANGED -> levelChanged(record.getIncidentLevelChanged());
      case INCIDENT_ENDED -> ended(record.getIncidentEnded());
      case TOKEN_ISSUED -> new TrustChanged(TrustMapping.token(record.getTokenIssued()));
      case TOKEN_USED -> new TrustChanged(TrustMapping.used(record.getTokenUsed()));
      case CERTIFICATE_ISSUED ->
          new TrustChanged(TrustMapping.certificate(record.getCertificateIssued()));
      case CERTIFICATES_REVOKED ->
          new TrustChanged(TrustMapping.revocation(record.getCertificatesRevoked()));
      case RECORD_NOT_SET -> throw new UpgradeNeededException("a record of an unknown kind");
    };
  }

  io.holdfast.proto.ledger.v1.PlanApplied plan(PlanApplied applied) {
    return io.holdfast.proto.ledger.v1.PlanApplied.newBuilder()
        .setHash(applied.plan().hash())
        .setText(applied.text())
        .setWallMillis(applied.wallMillis())
        .setOperator(applied.operator())
        .build();
  }

  PlanApplied plan(io.holdfast.proto.ledger.v1.PlanApplied applied) {
    String what = "the plan " + applied.getHash();
    Plan plan;
    try {
      plan = parser.parse(applied.getText());
    } catch (RuntimeException e) {
      throw new UpgradeNeededException(what, e);
    }
    if (!plan.hash().equals(applied.getHash())) {
      throw new IllegalArgumentException(
          what + " of the ledger has a text whose hash is " + plan.hash());
    }
    return new PlanApplied(applied.getText(), plan, applied.getWallMillis(), applied.getOperator());
  }

  static io.holdfast.proto.ledger.v1.EventRecorded event(EventRecorded recorded) {
    return io.holdfast.proto.ledger.v1.EventRecorded.newBuilder()
        .setHost(recorded.host())
        .setSpoolId(recorded.spoolId())
        .setEvent(EventMapping.toProto(recorded.event()))
        .setReceivedWallMillis(recorded.receivedWallMillis())
        .setHappenedWallMillis(recorded.happenedWallMillis())
        .build();
  }

  static EventRecorded event(io.holdfast.proto.ledger.v1.EventRecorded recorded) {
    try {
      String host = recorded.getHost();
      String spool = recorded.getSpoolId();
      SpooledEvent event = EventMapping.fromProto(recorded.getEvent());
      long received = recorded.getReceivedWallMillis();
      long happened = recorded.getHappenedWallMillis();
      return happened == 0
          ? new EventRecorded(host, spool, event, received)
          : new EventRecorded(host, spool, event, received, happened);
    } catch (WireException e) {
      throw new UpgradeNeededException("an event of host " + recorded.getHost(), e);
    }
  }

  static io.holdfast.proto.ledger.v1.IncidentOpened opened(IncidentOpened opened) {
    return io.holdfast.proto.ledger.v1.IncidentOpened.newBuilder()
        .setId(opened.id())
        .setHost(opened.host())
        .setService(opened.service())
        .setLevel(opened.level().name())
        .setLastGoodWallMillis(opened.lastGoodWallMillis())
        .setOpenedWallMillis(opened.openedWallMillis())
        .addAllReasons(ReasonMapping.toProto(opened.reasons()))
        .setWhy(opened.why())
        .build();
  }

  static IncidentOpened opened(io.holdfast.proto.ledger.v1.IncidentOpened opened) {
    try {
      return new IncidentOpened(
          opened.getId(),
          opened.getHost(),
          opened.getService(),
          level(opened.getLevel()),
          opened.getLastGoodWallMillis(),
          opened.getOpenedWallMillis(),
          ReasonMapping.fromProto(opened.getReasonsList()),
          opened.getWhy());
    } catch (WireException e) {
      throw new UpgradeNeededException("the incident " + opened.getId(), e);
    }
  }

  static io.holdfast.proto.ledger.v1.IncidentLevelChanged levelChanged(
      IncidentLevelChanged changed) {
    return io.holdfast.proto.ledger.v1.IncidentLevelChanged.newBuilder()
        .setId(changed.id())
        .setLevel(changed.level().name())
        .setWallMillis(changed.wallMillis())
        .setWhy(changed.why())
        .build();
  }

  static IncidentLevelChanged levelChanged(
      io.holdfast.proto.ledger.v1.IncidentLevelChanged changed) {
    return new IncidentLevelChanged(
        changed.getId(), level(changed.getLevel()), changed.getWallMillis(), changed.getWhy());
  }

  static io.holdfast.proto.ledger.v1.IncidentEnded ended(IncidentEnded ended) {
    return io.holdfast.proto.ledger.v1.IncidentEnded.newBuilder()
        .setId(ended.id())
        .setWallMillis(ended.wallMillis())
        .setOutageMillis(ended.outageMillis())
        .setRecovered(ended.recovered())
        .build();
  }

  static IncidentEnded ended(io.holdfast.proto.ledger.v1.IncidentEnded ended) {
    return new IncidentEnded(
        ended.getId(), ended.getWallMillis(), ended.getOutageMillis(), ended.getRecovered());
  }

  static Level level(String name) {
    for (Level level : Level.values()) {
      if (level.name().equals(name)) {
        return level;
      }
    }
    throw new UpgradeNeededException("an incident of the level \"" + name + "\"");
  }
}
