package io.holdfast.planfile;

import java.util.List;
import java.util.stream.Collectors;

/** Writes block mappings, with every text in double quotes. */
final class YamlWriter {

  private final StringBuilder text = new StringBuilder();
  private String indent = "";
  private boolean itemBegins;

  String text() {
    return text.toString();
  }

  /** Begins the mapping of {@code key}. */
  void open(String key) {
    line(quotedKey(key), "");
    indent += "  ";
  }

  /** Ends the innermost mapping or list item. */
  void close() {
    indent = indent.substring(2);
  }

  /** Begins a list item that is a mapping, inside the mapping of the list's key. */
  void item() {
    itemBegins = true;
    indent += "  ";
  }

  /** A value that needs no quotes. */
  void word(String key, String value) {
    line(quotedKey(key), " " + value);
  }

  /** A text. */
  void string(String key, String value) {
    line(quotedKey(key), " " + quoted(value));
  }

  /** A list of texts. */
  void strings(String key, List<String> values) {
    String list = values.stream().map(YamlWriter::quoted).collect(Collectors.joining(", "));
    line(quotedKey(key), " [" + list + "]");
  }

  private void line(String key, String value) {
    String start = itemBegins ? indent.substring(2) + "- " : indent;
    itemBegins = false;
    text.append(start).append(key).append(':').append(value).append('\n');
  }

  /** A name that begins with a digit could be read as a number, so it is quoted. */
  private static String quotedKey(String key) {
    return Character.isLetter(key.charAt(0)) ? key : quoted(key);
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value.codePoints().forEach(character -> append(quoted, character));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int character) {
    if (character == '"' || character == '\\') {
      quoted.append('\\').appendCodePoint(character);
    } else if (character >= 0x20 && character < 0x7F) {
      quoted.appendCodePoint(character);
    } else {
      quoted.append("\\U%08x".formatted(character));
    }
  }
}
