package io.holdfast.planfile.problem;

import java.util.regex.Pattern;

/** Writes the path of a value as people read it: {@code services.database.timeout}. */
public final class DocumentPath {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  private DocumentPath() {}

  /** The path of {@code key} in the mapping at {@code parent}, which is empty for the root. */
  public static String key(String parent, String key) {
    if (!PLAIN.matcher(key).matches()) {
      return parent + "[\"" + key.replace("\n", "\\n") + "\"]";
    }
    return parent.isEmpty() ? key : parent + "." + key;
  }

  /** The path of item {@code index}, from 0, of the list at {@code parent}. */
  public static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
