package io.holdfast.planfile.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations ({@code 30s}), sizes ({@code 16MiB}) and percentages ({@code 95%}), read and written.
 */
public final class Quantities {

  /** A positive duration: a whole number and its unit. */
  public static final Form<Duration> DURATION =
      new Form<>(
          "a duration such as 500ms, 30s, 5m, 4h or 1d", Quantities::duration, Quantities::meant);

  /** A positive number of bytes: a whole number and its unit. */
  public static final Form<Long> SIZE =
      new Form<>("a size such as 512KiB, 16MiB or 1GiB", Quantities::size, Quantities::meantSize);

  /** A share from 0 to 1, written from 0% to 100%. */
  public static final Form<Double> PERCENTAGE =
      new Form<>(
          "a percentage from 0% to 100%, such as 95%,",
          Quantities::percentage, Quantities::meantPercentage);

  private static final Pattern DURATION_TEXT =
      Pattern.compile("([1-9][0-9]{0,8})(ms|s)|([1-9][0-9]{0,5})(m)|([1-9][0-9]{0,4})(h|d)");
  private static final Pattern LOOSE_DURATION = Pattern.compile("([1-9][0-9]{0,4}) *([A-Za-z]*)");
  private static final Pattern SIZE_TEXT = Pattern.compile("([1-9][0-9]{0,8})(B|KiB|MiB|GiB|TiB)");
  private static final Pattern LOOSE_SIZE = Pattern.compile("([1-9][0-9]{0,8}) *([KMGT])i?B?");
  private static final Pattern PERCENTAGE_TEXT =
      Pattern.compile("(100|[0-9]{1,2}(\\.[0-9]{1,20})?)%");
  private static final Pattern LOOSE_PERCENTAGE = Pattern.compile("(100|[0-9]{1,2}) *%?");

  private static final Map<String, Long> UNITS = units();
  private static final Map<String, Long> SIZES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

  private Quantities() {}

  /** Writes a duration of whole milliseconds in its largest unit, as {@code 90s} or {@code 2m}. */
  public static String write(Duration duration) {
    long millis = duration.toMillis();
    String text = millis + "ms";
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      String inUnit = millis / unit.getValue() + unit.getKey();
      if (millis % unit.getValue() == 0 && DURATION_TEXT.matcher(inUnit).matches()) {
        text = inUnit;
      }
    }
    return text;
  }

  /** Writes a share as {@code 95%}. */
  public static String writePercentage(double share) {
    BigDecimal percent = new BigDecimal(Double.toString(share)).movePointRight(2);
    return percent.stripTrailingZeros().toPlainString() + "%";
  }

  private static Optional<Duration> duration(YamlNode.Scalar scalar) {
    Matcher matcher = DURATION_TEXT.matcher(scalar.text());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int group = matcher.group(1) != null ? 1 : matcher.group(3) != null ? 3 : 5;
    long count = Long.parseLong(matcher.group(group));
    return Optional.of(Duration.ofMillis(count * factor(UNITS, matcher.group(group + 1))));
  }

  /** {@code 30} means seconds; {@code 30 sec} and {@code 5min} are spelt out. */
  private static Optional<String> meant(YamlNode.Scalar scalar) {
    Matcher matcher = LOOSE_DURATION.matcher(scalar.text().strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "", "s", "sec", "secs", "second", "seconds" -> "s";
          case "ms", "msec", "millis", "milliseconds" -> "ms";
          case "m", "min", "mins", "minute", "minutes" -> "m";
          case "h", "hr", "hrs", "hour", "hours" -> "h";
          case "d", "day", "days" -> "d";
          default -> null;
        };
    return Optional.ofNullable(unit).map(known -> matcher.group(1) + known);
  }

  /** The pattern lets only known units through. */
  private static long factor(Map<String, Long> factors, String unit) {
    return Objects.requireNonNull(factors.get(unit), unit);
  }

  private static Optional<Long> size(YamlNode.Scalar scalar) {
    Matcher matcher = SIZE_TEXT.matcher(scalar.text());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal bytes =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(factor(SIZES, matcher.group(2))));
    boolean fits = bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits ? Optional.of(bytes.longValueExact()) : Optional.empty();
  }

  private static Optional<String> meantSize(YamlNode.Scalar scalar) {
    Matcher matcher = LOOSE_SIZE.matcher(scalar.text().strip().toUpperCase(Locale.ROOT));
    return matcher.matches()
        ? Optional.of(matcher.group(1) + matcher.group(2) + "iB")
        : Optional.empty();
  }

  private static Optional<Double> percentage(YamlNode.Scalar scalar) {
    Matcher matcher = PERCENTAGE_TEXT.matcher(scalar.text());
    return matcher.matches()
        ? Optional.of(new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue())
        : Optional.empty();
  }

  private static Optional<String> meantPercentage(YamlNode.Scalar scalar) {
    Matcher matcher = LOOSE_PERCENTAGE.matcher(scalar.text().strip());
    if (matcher.matches()) {
      return Optional.of(matcher.group(1) + "%");
    }
    return scalar.kind() == YamlNode.Kind.NUMBER ? meantShare(scalar.text()) : Optional.empty();
  }

  /** {@code 0.95} means {@code 95%}. */
  private static Optional<String> meantShare(String text) {
    BigDecimal share = new BigDecimal(text);
    boolean isShare = share.signum() > 0 && share.compareTo(BigDecimal.ONE) < 0;
    return isShare
        ? Optional.of(
            share
                    .movePointRight(2)
                    .setScale(1, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString()
                + "%")
        : Optional.empty();
  }

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("ms", 1L);
    units.put("s", 1_000L);
    units.put("m", 60_000L);
    units.put("h", 3_600_000L);
    units.put("d", 86_400_000L);
    return units;
  }
}
