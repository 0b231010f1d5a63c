package io.holdfast.collector.door;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says each sentence at most once a minute, since anyone can cause them as often as they like. Used
 * on one event loop.
 */
public final class QuietLog {
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MAX_SENTENCES = 200;

  private final Logger log;
  private final Map<String, Long> saidAt = new HashMap<>();

  /** Says it in the name of that class. */
  public QuietLog(Class<?> speaker) {
    this.log = LoggerFactory.getLogger(speaker);
  }

  /**
   * Says it, unless it was said within the last minute.
   *
   * @param now by {@link System#nanoTime}
   */
  public void say(String sentence, long now) {
    saidAt.values().removeIf(at -> now - at > QUIET.toNanos());
    if (saidAt.size() < MAX_SENTENCES && saidAt.putIfAbsent(sentence, now) == null) {
      log.warn("{}", sentence);
    }
  }
}
