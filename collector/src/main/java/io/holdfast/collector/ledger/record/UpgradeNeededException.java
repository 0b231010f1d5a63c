package io.holdfast.collector.ledger.record;

/** The ledger holds what this build does not know. It must stop: nothing is ever skipped. */
public final class UpgradeNeededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UpgradeNeededException(String what) {
    super(
        "upgrade me: the ledger holds "
            + what
            + ", which this build does not know (it knows feature level "
            + EntryCodec.LEVEL
            + "). Install the newer Holdfast that wrote it; nothing was skipped or changed.");
  }

  UpgradeNeededException(String what, Throwable cause) {
    this(what + " (" + cause.getMessage() + ")");
    initCause(cause);
  }
}
