package io.holdfast.demo.story;

import java.time.Duration;
import java.util.List;

/**
 * One step of a story.
 *
 * @param key the step's texts: {@code KEY.doing}, {@code KEY.seen} and {@code KEY.expected} of
 *     every language
 * @param action done once, first
 * @param condition looked at again and again, until it holds
 * @param patience how long it may take to hold, from the end of the action
 * @param logs which logs to show the end of when it does not
 */
public record StoryStep(
    String key, Action action, Condition condition, Duration patience, List<String> logs) {

  /** Something done to the world. */
  @FunctionalInterface
  public interface Action {
    /** Does it; a failure ends the story. */
    void run() throws Exception;

    /** Nothing to do but look. */
    Action NONE = () -> {};
  }

  /** Something that should become true, read from outside Holdfast or compared with it. */
  @FunctionalInterface
  public interface Condition {
    /** Looks once. A failure counts as "not yet", with its message. */
    Sight look() throws Exception;
  }

  /** Copies the list. */
  public StoryStep {
    logs = List.copyOf(logs);
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("step " + key + ": patience must be positive");
    }
  }
}
