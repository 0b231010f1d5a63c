package io.holdfast.core.leader;

import io.holdfast.core.plan.Plan;
import io.holdfast.core.plan.Service;
import java.util.Optional;

/**
 * Finds exclusive services that a new plan would start on another host while the old host may still
 * run them. Until there are leases nothing proves that the old one is stopped, so such a plan is
 * refused.
 */
final class ExclusiveMoves {

  private ExclusiveMoves() {}

  /** A service that would be on two hosts, and a sentence for the operator. */
  record Move(String service, String message) {}

  static Optional<Move> first(Plan old, Plan next) {
    return next.services().values().stream()
        .flatMap(
            service ->
                Optional.ofNullable(old.services().get(service.name()))
                    .flatMap(before -> move(before, service))
                    .stream())
        .findFirst();
  }

  private static Optional<Move> move(Service old, Service next) {
    boolean exclusive = old.exclusive() || next.exclusive();
    if (!exclusive || old.runsOn().containsAll(next.runsOn())) {
      return Optional.empty();
    }
    return Optional.of(
        new Move(
            next.name(),
            "found "
                + String.join(", ", next.runsOn())
                + ", and the plan in force runs this exclusive service on "
                + String.join(", ", old.runsOn())
                + ": nothing would stop it there. Take it out of the plan, stop it there"
                + " yourself, then add it with its new host"));
  }
}
