package io.holdfast.core.health;

/** Bounds what others say went wrong before it goes into an event: it is kept, and sent to all. */
public final class Detail {
  /** Characters at most. */
  public static final int LONGEST = 200;

  private Detail() {}

  /** The text on one line, cut between characters where it is too long. */
  public static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    if (line.length() <= LONGEST) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return line.substring(0, end) + "…";
  }
}
