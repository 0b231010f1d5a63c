package io.holdfast.planfile.yaml;

import io.holdfast.planfile.problem.Nearest;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of scalars that are common to all of Holdfast's files. */
public final class Forms {

  /** Any text; numbers and truth values count as the text that they are written with. */
  public static final Form<String> TEXT =
      Form.of(
          "text",
          scalar ->
              scalar.kind() == YamlNode.Kind.NULL || scalar.text().isBlank()
                  ? Optional.empty()
                  : Optional.of(scalar.text()));

  /** {@code true} or {@code false}. */
  public static final Form<Boolean> TRUTH =
      new Form<>("true or false", Forms::truth, Forms::meantTruth);

  private static final int NAME_LENGTH = 63;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  /** The name of a host or of a collector. */
  public static final Form<String> HOST_NAME =
      Form.of(
          "a name of a-z, 0-9 and '-', at most 63 characters, such as trade-a,",
          scalar ->
              TEXT.of(scalar)
                  .filter(name -> name.length() <= NAME_LENGTH && NAME.matcher(name).matches()));

  private Forms() {}

  /** One of the words {@code allowed}. */
  public static Form<String> oneOf(String... allowed) {
    List<String> words = List.of(allowed);
    return new Form<>(
        words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words),
        scalar -> TEXT.of(scalar).filter(words::contains),
        scalar -> Nearest.to(scalar.text(), words));
  }

  /** A whole number from {@code min} to {@code max}. */
  public static Form<Integer> wholeNumber(int min, int max) {
    return Form.of(
        "a whole number from " + min + " to " + max,
        scalar ->
            decimal(scalar)
                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                .filter(number -> isWithin(number, min, max))
                .map(BigDecimal::intValueExact));
  }

  /** A number from {@code min} to {@code max}. */
  public static Form<Double> number(int min, int max) {
    return Form.of(
        "a number from " + min + " to " + max,
        scalar ->
            decimal(scalar)
                .filter(number -> isWithin(number, min, max))
                .map(BigDecimal::doubleValue));
  }

  private static boolean isWithin(BigDecimal number, int min, int max) {
    return number.compareTo(BigDecimal.valueOf(min)) >= 0
        && number.compareTo(BigDecimal.valueOf(max)) <= 0;
  }

  private static Optional<BigDecimal> decimal(YamlNode.Scalar scalar) {
    return scalar.kind() == YamlNode.Kind.NUMBER
        ? Optional.of(new BigDecimal(scalar.text()))
        : Optional.empty();
  }

  private static Optional<Boolean> truth(YamlNode.Scalar scalar) {
    return scalar.kind() == YamlNode.Kind.BOOLEAN
        ? Optional.of(scalar.text().equals("true"))
        : Optional.empty();
  }

  private static Optional<String> meantTruth(YamlNode.Scalar scalar) {
    String word = scalar.text().toLowerCase(Locale.ROOT);
    if (Arrays.asList("yes", "on", "1", "y", "true").contains(word)) {
      return Optional.of("true");
    }
    return Arrays.asList("no", "off", "0", "n", "false").contains(word)
        ? Optional.of("false")
        : Optional.empty();
  }
}
