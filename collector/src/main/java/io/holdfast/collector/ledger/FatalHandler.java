package io.holdfast.collector.ledger;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Told once when a running ledger cannot go on: the process must end, or a zombie would lead. */
@FunctionalInterface
public interface FatalHandler {

  /** Says why on standard error and ends the process at once with status 1. */
  FatalHandler HALT =
      (message, cause) -> {
        LoggerFactory.getLogger(FatalHandler.class).debug("the ledger cannot go on", cause);
        System.err.println("holdfast: the ledger cannot go on: " + message);
        System.err.flush();
        Runtime.getRuntime().halt(1);
      };

  /**
   * The ledger cannot go on; it takes and acknowledges nothing any more.
   *
   * @param message what happened and what to do, for the operator
   * @param cause may be null
   */
  void fatal(String message, @Nullable Throwable cause);
}
