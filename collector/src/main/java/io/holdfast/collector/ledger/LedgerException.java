package io.holdfast.collector.ledger;

import org.jspecify.annotations.Nullable;

/** Why the ledger did not do what it was asked; the message is for people. */
public abstract sealed class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The ledger could not be opened: what is wrong, where, and what to do. */
  public static final class StartRefused extends LedgerException {
    private static final long serialVersionUID = 1L;

    StartRefused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** This node does not lead, or is not ready yet. Nothing was appended. */
  public static final class NotLeader extends LedgerException {
    private static final long serialVersionUID = 1L;

    NotLeader(Throwable cause) {
      super("this collector does not lead the ledger", cause);
    }
  }

  /** Too much waits to be appended already. Nothing was appended. */
  public static final class Busy extends LedgerException {
    private static final long serialVersionUID = 1L;

    Busy(Throwable cause) {
      super("too much waits to be appended to the ledger", cause);
    }
  }

  /** The records may or may not be in the ledger, now or later. */
  public static final class OutcomeUnknown extends LedgerException {
    private static final long serialVersionUID = 1L;

    OutcomeUnknown(String why, @Nullable Throwable cause) {
      super("it is not known whether the ledger has the records: " + why, cause);
    }
  }

  /** The ledger is not started, closed or failed. Nothing was appended. */
  public static final class Closed extends LedgerException {
    private static final long serialVersionUID = 1L;

    Closed(String message) {
      super(message, null);
    }
  }

  /** The records do not fit into one entry. Nothing was appended. */
  public static final class TooLarge extends LedgerException {
    private static final long serialVersionUID = 1L;

    TooLarge(int bytes, int most) {
      super(
          "%,d bytes are too many for one entry of the ledger (at most %,d)".formatted(bytes, most),
          null);
    }
  }
}
