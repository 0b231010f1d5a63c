package io.holdfast.core.agent;

import java.util.List;
import java.util.Optional;

/**
 * Events of one spool as a stream brings them.
 *
 * @param events in the order of their sequences
 * @param sentAt the host's clocks when it sent them; empty: it does not tell
 * @param first nothing was brought by this stream before: of a spool that the ledger does not know,
 *     only such a delivery says where it begins
 */
public record Delivery(List<SpooledEvent> events, Optional<SentAt> sentAt, boolean first) {

  /** No event: it asks how far the ledger has the spool. */
  public static final Delivery NONE = new Delivery(List.of(), Optional.empty(), true);

  /** Copies the list. */
  public Delivery {
    events = List.copyOf(events);
  }
}
