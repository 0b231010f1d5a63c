package io.holdfast.demo.story;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A story that was told, and what the terminal then shows. */
record Told(Optional<String> untrue, String text) {

  static Told of(String language, PretendPatience patience, List<StoryStep> story)
      throws InterruptedException {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var narrator = new Narrator(out, Texts.in(language), patience::now);
    var teller = new StoryTeller(narrator, patience, log -> "last line of " + log);
    Optional<String> untrue = teller.tell(story);
    return new Told(untrue, bytes.toString(StandardCharsets.UTF_8));
  }
}
