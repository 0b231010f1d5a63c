package io.holdfast.collector.link;

/** Events do not follow what the ledger has of their spool; the agent opens its stream anew. */
public final class GapException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a sentence that the agent logs. */
  public GapException(String message) {
    super(message);
  }
}
