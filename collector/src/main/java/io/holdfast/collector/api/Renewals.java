package io.holdfast.collector.api;

import io.holdfast.core.trust.DeniedException;
import java.util.List;
import java.util.Optional;

/** Has hosts renew their certificates before their time. May be used from any thread. */
@FunctionalInterface
public interface Renewals {

  /**
   * Asks hosts that are connected here.
   *
   * @param host empty: all of them
   * @throws DeniedException when this collector signs no certificates
   */
  Asked ask(Optional<String> host) throws DeniedException;

  /**
   * Who was asked.
   *
   * @param hosts by name; empty: none is connected
   * @param withinMillis each begins at a time of its own within that span
   */
  record Asked(List<String> hosts, long withinMillis) {}
}
