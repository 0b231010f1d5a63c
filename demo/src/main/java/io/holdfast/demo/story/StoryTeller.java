package io.holdfast.demo.story;

import io.holdfast.demo.story.Sight.NotYet;
import io.holdfast.demo.story.Sight.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Goes through a story's steps, waits for each condition, and tells what was seen. */
public final class StoryTeller {

  private final Narrator narrator;
  private final Patience patience;
  private final UnaryOperator<String> endOfLog;

  /**
   * A teller.
   *
   * @param endOfLog the last lines of the log of this name
   */
  public StoryTeller(Narrator narrator, Patience patience, UnaryOperator<String> endOfLog) {
    this.narrator = narrator;
    this.patience = patience;
    this.endOfLog = endOfLog;
  }

  /** Tells the steps in order; the key of the first that did not come true, or empty. */
  public Optional<String> tell(List<StoryStep> story) throws InterruptedException {
    for (StoryStep step : story) {
      if (!tell(step)) {
        return Optional.of(step.key());
      }
    }
    return Optional.empty();
  }

  private boolean tell(StoryStep step) throws InterruptedException {
    narrator.say(step.key() + ".doing");
    try {
      step.action().run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception failed) {
      return fail(step, "story.action_failed", message(failed));
    }
    try {
      return await(step);
    } catch (HopelessException hopeless) {
      return fail(step, "story.hopeless", String.valueOf(hopeless.getMessage()));
    }
  }

  private boolean await(StoryStep step) throws InterruptedException {
    Duration deadline = patience.now().plus(step.patience());
    while (true) {
      switch (look(step)) {
        case Seen seen -> {
          narrator.say(step.key() + ".seen", seen.facts().toArray());
          return true;
        }
        case NotYet notYet -> {
          if (patience.now().compareTo(deadline) >= 0) {
            return fail(step, "story.not_seen", notYet.lastSeen());
          }
        }
      }
      patience.pause();
    }
  }

  private static Sight look(StoryStep step) throws InterruptedException {
    try {
      return step.condition().look();
    } catch (InterruptedException | HopelessException e) {
      throw e;
    } catch (Exception failed) {
      return Sight.notYet(message(failed));
    }
  }

  private boolean fail(StoryStep step, String key, String lastSeen) {
    Texts texts = narrator.texts();
    narrator.say(
        key,
        step.key(),
        texts.of(step.key() + ".expected"),
        texts.duration(step.patience()),
        lastSeen);
    for (String log : step.logs()) {
      narrator.say("story.end_of_log", log);
      narrator.quote(endOfLog.apply(log));
    }
    return false;
  }

  private static String message(Exception failed) {
    return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
  }
}
