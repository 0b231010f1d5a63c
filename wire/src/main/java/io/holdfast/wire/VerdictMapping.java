package io.holdfast.wire;

import io.holdfast.core.health.Verdict;

/** A {@link Verdict} on the wire. */
public final class VerdictMapping {
  private VerdictMapping() {}

  /** As a message holds it. */
  public static io.holdfast.proto.agent.v1.Verdict toProto(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> io.holdfast.proto.agent.v1.Verdict.VERDICT_HEALTHY;
      case UNHEALTHY -> io.holdfast.proto.agent.v1.Verdict.VERDICT_UNHEALTHY;
      case UNKNOWN -> io.holdfast.proto.agent.v1.Verdict.VERDICT_UNKNOWN;
    };
  }

  /** What a message says; a verdict that this build does not know says nothing. */
  public static io.holdfast.proto.agent.v1.Verdict known(
      io.holdfast.proto.agent.v1.Verdict verdict) {
    return switch (verdict) {
      case VERDICT_HEALTHY, VERDICT_UNHEALTHY -> verdict;
      case VERDICT_UNKNOWN, VERDICT_UNSPECIFIED, UNRECOGNIZED ->
          io.holdfast.proto.agent.v1.Verdict.VERDICT_UNKNOWN;
    };
  }

  /**
   * As core has it.
   *
   * @throws WireException when it is unspecified or a verdict that this build does not know
   */
  public static Verdict fromProto(io.holdfast.proto.agent.v1.Verdict verdict) {
    return switch (verdict) {
      case VERDICT_HEALTHY -> Verdict.HEALTHY;
      case VERDICT_UNHEALTHY -> Verdict.UNHEALTHY;
      case VERDICT_UNKNOWN -> Verdict.UNKNOWN;
      case VERDICT_UNSPECIFIED, UNRECOGNIZED ->
          throw new WireException(
              "a verdict is missing or one that this build does not know (" + verdict + ")");
    };
  }
}
