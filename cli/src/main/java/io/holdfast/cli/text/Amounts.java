package io.holdfast.cli.text;

import java.util.Locale;

/** Ratios and rates as people read them. */
public final class Amounts {
  private static final String[] UNITS = {"B/s", "kB/s", "MB/s", "GB/s", "TB/s"};

  private Amounts() {}

  /** A ratio of 0 to 1, rounded down: {@code 100%} means all of it. */
  public static String percent(double ratio) {
    return String.format(Locale.ROOT, "%d%%", (long) Math.floor(ratio * 100 + 1e-9));
  }

  /** {@code 0 B/s}, {@code 980 B/s}, {@code 1.2 kB/s}, {@code 31 MB/s}: in powers of 1000. */
  public static String rate(double bytesPerSecond) {
    double value = Math.max(0, bytesPerSecond);
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String format = unit > 0 && value < 9.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }
}
