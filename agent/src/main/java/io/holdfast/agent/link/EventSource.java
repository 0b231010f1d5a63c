package io.holdfast.agent.link;

import io.holdfast.core.agent.SpooledEvent;
import java.util.List;

/** The spool, as the link needs it. Called on the link's event loop, so it must not block long. */
public interface EventSource {

  /** Names the spool for as long as its files live. */
  String spoolId();

  /** The events with a greater sequence than {@code sequence}, in order, at most {@code max}. */
  List<SpooledEvent> after(long sequence, int max);

  /** Every event up to {@code sequence} is in the ledger and may be forgotten. */
  void acknowledged(long sequence);
}
