package io.holdfast.bench.report;

import java.math.BigDecimal;
import java.util.Locale;

/** How names and numbers are written. */
final class Words {

  private Words() {}

  /** A word of a {@code RESULT} line is not empty and has no space in it. */
  static void requireOne(String word) {
    if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("not one word: \"" + word + "\"");
    }
  }

  /** As it was laid down, without zeros that say nothing: 96, 1.2. */
  static String limit(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** With as many decimals as say something: 123, 12.3, 1.23, 0.123, 0.0123. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
