package io.holdfast.bench.agent;

import io.holdfast.bench.stage.LabScene;
import io.holdfast.demo.stage.StageException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The attempts of healing that the agent told from some moment on.
 *
 * @param position of the newest event at that moment
 */
record Attempts(LabScene scene, String service, long position) {

  private static final Pattern POSITION = Pattern.compile("\"position\" ?: ?\"?(\\d{1,18})");
  private static final Pattern ATTEMPT = Pattern.compile("\"attempt\" ?: ?(\\d{1,4})");

  /** From now on. */
  static Attempts after(LabScene scene, String service) {
    String newest = scene.holdfast("events", "--limit", "1", "-o", "json").outOrThrow();
    long position = POSITION.matcher(newest).results().mapToLong(Attempts::number).max().orElse(0);
    return new Attempts(scene, service, position);
  }

  /** An error when one was not the first: then a wait was measured that belongs to a rule. */
  void requireFirst() {
    String told =
        scene
            .holdfast(
                "events",
                "--after",
                Long.toString(position),
                "--host",
                LabScene.HOST,
                "--service",
                service,
                "-o",
                "json")
            .outOrThrow();
    requireFirst(told);
  }

  static void requireFirst(String told) {
    long last = ATTEMPT.matcher(told).results().mapToLong(Attempts::number).max().orElse(0);
    if (last != 1) {
      throw StageException.failed(
          "each kill has to be healed by a first attempt, and the agent told of attempt " + last);
    }
  }

  private static long number(MatchResult found) {
    return Long.parseLong(found.group(1));
  }
}
