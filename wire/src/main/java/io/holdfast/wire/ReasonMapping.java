package io.holdfast.wire;

import io.holdfast.core.health.Reason;
import io.holdfast.core.health.ReasonCode;
import java.util.List;

/** A {@link Reason} on the wire. */
public final class ReasonMapping {
  private ReasonMapping() {}

  /** As a message holds it. */
  public static io.holdfast.proto.agent.v1.Reason toProto(Reason reason) {
    return io.holdfast.proto.agent.v1.Reason.newBuilder()
        .setCode(reason.code().name())
        .setCheck(reason.check())
        .setDetail(reason.detail())
        .build();
  }

  /** Each of them, in their order. */
  public static List<io.holdfast.proto.agent.v1.Reason> toProto(List<Reason> reasons) {
    return reasons.stream().map(ReasonMapping::toProto).toList();
  }

  /**
   * As core has it.
   *
   * @throws WireException when this build does not know the code
   */
  public static Reason fromProto(io.holdfast.proto.agent.v1.Reason reason) {
    return new Reason(
        Field.code(ReasonCode.class, "reason.code", reason.getCode()),
        reason.getCheck(),
        reason.getDetail());
  }

  /** Each of them, in their order; refuses as for a single one. */
  public static List<Reason> fromProto(List<io.holdfast.proto.agent.v1.Reason> reasons) {
    return reasons.stream().map(ReasonMapping::fromProto).toList();
  }
}
