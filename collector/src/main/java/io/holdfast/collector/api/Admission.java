package io.holdfast.collector.api;

import io.holdfast.wire.Role;

/** Whether a caller may do what needs a role. */
public sealed interface Admission {

  /** Yes. */
  record Admitted(Caller.Operator operator) implements Admission {}

  /** No: who it is was not shown. */
  record Unauthenticated(String message) implements Admission {}

  /** No: it is known who it is, and that is not enough. */
  record Denied(String message) implements Admission {}

  /** Decides. */
  static Admission of(Caller caller, Role needed) {
    return switch (caller) {
      case Caller.Anonymous anonymous ->
          new Unauthenticated(
              "this needs a client certificate with role "
                  + needed.label()
                  + ", and none was shown");
      case Caller.Stranger stranger ->
          new Denied(
              "this needs a client certificate with role "
                  + needed.label()
                  + ", and the one shown gives none: "
                  + stranger.why());
      case Caller.Rejected rejected -> new Denied(rejected.why());
      case Caller.Operator operator when operator.role().includes(needed) -> new Admitted(operator);
      case Caller.Operator operator ->
          new Denied(
              "this needs role "
                  + needed.label()
                  + ", and the client certificate gives role "
                  + operator.role().label());
    };
  }
}
