package io.holdfast.unit;

import java.util.function.Supplier;

/**
 * The line of {@code systemctl status}: told when it has changed. Whoever calls {@link #tell}
 * periodically says how often that is at most. Safe for all threads.
 */
public final class StatusLine {
  private final Notifier notifier;
  private final Supplier<String> line;
  private String told = "";

  /** Nothing is told yet. */
  public StatusLine(Notifier notifier, Supplier<String> line) {
    this.notifier = notifier;
    this.line = line;
  }

  /** It was told with another message. */
  synchronized void toldAlready(String line) {
    told = line;
  }

  /** Tells the line unless it is what was told last. */
  public synchronized void tell() {
    String now = line.get();
    if (!now.equals(told) && notifier.status(now)) {
      told = now;
    }
  }
}
