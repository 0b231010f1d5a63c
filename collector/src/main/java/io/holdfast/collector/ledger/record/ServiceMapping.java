package io.holdfast.collector.ledger.record;

import io.holdfast.core.ledger.Outage;
import io.holdfast.core.ledger.ServiceKey;
import io.holdfast.core.ledger.ServiceState;
import io.holdfast.wire.ReasonMapping;
import io.holdfast.wire.VerdictMapping;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A service's last verdict in a snapshot. */
final class ServiceMapping {
  private ServiceMapping() {}

  static io.holdfast.proto.ledger.v1.ServiceState to(ServiceKey key, ServiceState state) {
    io.holdfast.proto.ledger.v1.ServiceState.Builder message =
        io.holdfast.proto.ledger.v1.ServiceState.newBuilder()
            .setHost(key.host())
            .setService(key.service())
            .setVerdict(VerdictMapping.toProto(state.verdict()))
            .addAllReasons(ReasonMapping.toProto(state.reasons()))
            .setSinceWallMillis(state.sinceWallMillis())
            .setLastGoodWallMillis(state.lastGoodWallMillis());
    state.outage().ifPresent(outage -> message.setOutage(outage(outage)));
    return message.build();
  }

  static Map.Entry<ServiceKey, ServiceState> from(
      io.holdfast.proto.ledger.v1.ServiceState message) {
    return Map.entry(
        new ServiceKey(message.getHost(), message.getService()),
        new ServiceState(
            VerdictMapping.fromProto(message.getVerdict()),
            ReasonMapping.fromProto(message.getReasonsList()),
            message.getSinceWallMillis(),
            message.getLastGoodWallMillis(),
            message.hasOutage() ? Optional.of(outage(message.getOutage())) : Optional.empty()));
  }

  private static io.holdfast.proto.ledger.v1.Outage outage(Outage outage) {
    io.holdfast.proto.ledger.v1.Outage.Builder message =
        io.holdfast.proto.ledger.v1.Outage.newBuilder()
            .setBootId(outage.bootId())
            .setNoticedBootMillis(outage.noticedBootMillis())
            .setLastGoodWallMillis(outage.lastGoodWallMillis())
            .setNoticedWallMillis(outage.noticedWallMillis());
    outage.lastGoodBootMillis().ifPresent(message::setLastGoodBootMillis);
    return message.build();
  }

  private static Outage outage(io.holdfast.proto.ledger.v1.Outage outage) {
    return new Outage(
        outage.getBootId(),
        outage.hasLastGoodBootMillis()
            ? OptionalLong.of(outage.getLastGoodBootMillis())
            : OptionalLong.empty(),
        outage.getNoticedBootMillis(),
        outage.getLastGoodWallMillis(),
        outage.getNoticedWallMillis());
  }
}
