package io.holdfast.agent.observe.linux;

/** A cursor over the words of a kernel text file, which splits nothing and copies little. */
final class Fields {
  private final String text;
  private int at;

  Fields(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  /** Moves behind the end of this line. */
  void nextLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }

  /** Whether this line has another word. */
  boolean hasWord() {
    skipBlanks();
    return at < text.length() && text.charAt(at) != '\n';
  }

  /** The next word of this line; empty at its end. */
  String word() {
    skipBlanks();
    int from = at;
    skipWord();
    return text.substring(from, at);
  }

  /**
   * What stands before {@code mark} on this line, moving behind the mark; empty if it is absent.
   */
  String wordBefore(char mark) {
    skipBlanks();
    int found = text.indexOf(mark, at);
    int end = text.indexOf('\n', at);
    if (found < 0 || (end >= 0 && end < found)) {
      return "";
    }
    String word = text.substring(at, found);
    at = found + 1;
    return word;
  }

  void skip(int words) {
    for (int i = 0; i < words; i++) {
      skipBlanks();
      skipWord();
    }
  }

  /** The next word as a number of 64 bits (the largest counters wrap into the negative). */
  long number() {
    skipBlanks();
    int from = at;
    long value = 0;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
      value = value * 10 + Character.digit(text.charAt(at), 10);
      at++;
    }
    if (at == from) {
      skipWord();
      throw new IllegalArgumentException(
          "expected a number, found '" + text.substring(from, at) + "'");
    }
    return value;
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void skipWord() {
    while (at < text.length() && text.charAt(at) > ' ') {
      at++;
    }
  }
}
