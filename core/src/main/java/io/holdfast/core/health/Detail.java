package io.holdfast.core.health;

import java.util.regex.Pattern;

/** Bounds what others say went wrong before it goes into an event: it is kept, and sent to all. */
public final class Detail {
  /** Characters at most. */
  public static final int LONGEST = 200;

  /** What moves a terminal's cursor or turns the direction of writing. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069]+");

  private Detail() {}

  /** The text on one line, cut between characters where it is too long. */
  public static String oneLine(String text) {
    String line = CONTROL.matcher(text).replaceAll(" ").strip();
    if (line.length() <= LONGEST) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return line.substring(0, end) + "…";
  }
}
