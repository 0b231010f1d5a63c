package io.holdfast.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks of single fields; every refusal names the field, its value and what is allowed. */
final class Field {
  private static final long ABSENT = -1;

  /** No plan file can say more: 99999d. */
  private static final long MAX_MILLIS = 100_000L * 24 * 3_600 * 1_000;

  private Field() {}

  static <E extends Enum<E>> E code(Class<E> type, String field, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WireException(
                    field
                        + " is \""
                        + name
                        + "\", which this build does not know; it knows "
                        + Arrays.toString(type.getEnumConstants())));
  }

  static long between(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new WireException(field + " is " + value + "; allowed: " + least + " to " + most);
    }
    return value;
  }

  static int between(String field, int value, int least, int most) {
    return (int) between(field, (long) value, least, most);
  }

  static double between(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new WireException(field + " is " + value + "; allowed: " + least + " to " + most);
    }
    return value;
  }

  /** A text without control characters, which would break a log line or a terminal. */
  static String text(String field, String value, int most) {
    between("the length of " + field, value.length(), 0, most);
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new WireException(field + " has a control character; allowed: none");
    }
    return value;
  }

  /** The empty string stands for absent. */
  static Optional<String> optional(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** −1 stands for absent. */
  static OptionalLong optional(String field, long value) {
    between(field, value, ABSENT, Long.MAX_VALUE);
    return value == ABSENT ? OptionalLong.empty() : OptionalLong.of(value);
  }

  static long orAbsent(String field, OptionalLong value) {
    return value.isPresent() ? between(field, value.getAsLong(), 0, Long.MAX_VALUE) : ABSENT;
  }

  static Duration millis(String field, long value, long least) {
    return Duration.ofMillis(between(field, value, least, MAX_MILLIS));
  }
}
