package io.holdfast.collector.ledger.disk;

/**
 * The last entry of the log that someone was told is safe.
 *
 * @param term term of the entry
 * @param index index of the entry; -1: none yet
 */
public record Tip(long term, long index) {

  /** Nothing was acknowledged yet. */
  public static final Tip NONE = new Tip(0, -1);
}
