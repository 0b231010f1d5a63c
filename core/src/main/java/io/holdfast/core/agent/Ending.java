package io.holdfast.core.agent;

import io.holdfast.core.health.Detail;
import java.util.List;
import java.util.Set;

/**
 * What is known of a process' end beside its exit code, where systemd runs the service.
 *
 * @param result systemd's word for it, such as {@code exit-code}, {@code oom-kill} or {@code
 *     timeout}; empty: not known
 * @param restarts how often systemd itself restarted the service since it was started; 0 or more
 * @param lastLines what the service printed last, oldest first, at most {@link #MAX_LINES} of at
 *     most {@link Detail#LONGEST} characters, without control characters
 */
public record Ending(String result, int restarts, List<String> lastLines) {

  /** Lines at most. */
  public static final int MAX_LINES = 5;

  /** Characters of a result at most. */
  public static final int LONGEST_RESULT = 40;

  /** Nothing is known. */
  public static final Ending UNKNOWN = new Ending("", 0, List.of());

  /** What the exit code or the signal says as well. */
  private static final Set<String> PLAIN = Set.of("", "success", "exit-code", "signal");

  /** Bounds what it is given: the newest lines stay. */
  public Ending {
    result = result.substring(0, Math.min(LONGEST_RESULT, result.length()));
    List<String> lines =
        lastLines.stream().map(Detail::oneLine).filter(line -> !line.isEmpty()).toList();
    lastLines = List.copyOf(lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
  }

  /** Whether the result says more than an exit code or a signal does. */
  public boolean saysMore() {
    return !PLAIN.contains(result);
  }
}
