package io.holdfast.demo;

import io.holdfast.demo.story.Texts;
import java.util.Map;

/**
 * What the user asked for.
 *
 * @param once tell the story and end
 * @param keep keep the run folder when it fails
 * @param language BCP 47 tag, one of {@link Texts#LANGUAGES}
 * @param help only say how to use the command
 */
record DemoOptions(boolean once, boolean keep, String language, boolean help) {

  static final String USAGE =
      """
      usage: holdfast demo [--once] [--lang en|zh-TW] [--keep]
        --once        tell the story and end: 0 if every step was seen true from outside Holdfast
        --lang LANG   en or zh-TW; by default as LC_ALL, LC_MESSAGES or LANG says
        --keep        when it fails, keep the files and say where they are""";

  /** Reads the command line; an {@link IllegalArgumentException} says what is wrong with it. */
  static DemoOptions parse(String[] args, Map<String, String> environment) {
    boolean once = false;
    boolean keep = false;
    boolean help = false;
    String language = Texts.tagOf(environment);
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--once")) {
        once = true;
      } else if (arg.equals("--keep")) {
        keep = true;
      } else if (arg.equals("--help") || arg.equals("-h")) {
        help = true;
      } else if (arg.startsWith("--lang=")) {
        language = language(arg.substring("--lang=".length()));
      } else if (arg.equals("--lang")) {
        i++;
        language = language(i < args.length ? args[i] : "");
      } else {
        throw new IllegalArgumentException("unknown option: " + arg);
      }
    }
    return new DemoOptions(once, keep, language, help);
  }

  private static String language(String tag) {
    if (!Texts.LANGUAGES.containsKey(tag)) {
      throw new IllegalArgumentException("--lang \"" + tag + "\": allowed are en and zh-TW");
    }
    return tag;
  }
}
