package io.holdfast.collector.link;

import io.holdfast.proto.agent.v1.Refusal;

/** A message that ends its stream, with the reason that the agent is told. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Refusal.Reason reason;

  RefusedException(Refusal.Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Refusal.Reason reason() {
    return reason;
  }
}
