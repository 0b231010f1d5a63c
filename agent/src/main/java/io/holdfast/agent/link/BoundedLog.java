package io.holdfast.agent.link;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Passes a few lines a minute on, whatever causes them, and then says how many it left out. Used on
 * one event loop.
 */
public final class BoundedLog {
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final int linesPerMinute;
  private final Consumer<String> log;
  private long begun;
  private int lines;
  private long leftOut;

  /** Passes at most {@code linesPerMinute} lines on to {@code log}, and one on what it left out. */
  public BoundedLog(int linesPerMinute, Consumer<String> log) {
    this.linesPerMinute = linesPerMinute;
    this.log = log;
  }

  /**
   * Tells a line, or counts it.
   *
   * @param now by {@link System#nanoTime}
   */
  public void say(String line, long now) {
    if (lines == 0 || now - begun > MINUTE_NANOS) {
      begun = now;
      lines = 0;
      if (leftOut > 0) {
        log.accept(leftOut + " lines of this kind were left out");
        leftOut = 0;
      }
    }
    if (lines < linesPerMinute) {
      lines++;
      log.accept(line);
    } else {
      leftOut++;
    }
  }
}
