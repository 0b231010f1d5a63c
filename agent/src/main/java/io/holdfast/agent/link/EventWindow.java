package io.holdfast.agent.link;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which events of the spool are on their way: sent on this stream and not acknowledged yet. */
final class EventWindow {
  /** Events in one message. */
  static final int MAX_BATCH = 256;

  /** Events sent and not acknowledged. */
  static final int MAX_UNACKNOWLEDGED = 1_024;

  private record Batch(long lastSequence, int events) {}

  private final Deque<Batch> unacknowledged = new ArrayDeque<>();
  private int events;
  private long sentUpTo;

  /** Opens after the last sequence that the ledger has. */
  EventWindow(long lastSequence) {
    this.sentUpTo = lastSequence;
  }

  /** The next batch begins after this sequence. */
  long sentUpTo() {
    return sentUpTo;
  }

  /** How many events may be sent now in one batch; 0: none. */
  int room() {
    return Math.min(MAX_BATCH, MAX_UNACKNOWLEDGED - events);
  }

  void sent(long lastSequence, int count) {
    unacknowledged.addLast(new Batch(lastSequence, count));
    events += count;
    sentUpTo = lastSequence;
  }

  /**
   * Frees what the ledger has. That may be more than this stream sent: what the stream before it
   * sent is committed meanwhile.
   */
  void acknowledged(long sequence) {
    while (!unacknowledged.isEmpty() && unacknowledged.getFirst().lastSequence() <= sequence) {
      events -= unacknowledged.removeFirst().events();
    }
    sentUpTo = Math.max(sentUpTo, sequence);
  }
}
