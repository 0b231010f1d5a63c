package io.holdfast.cli.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Instants and spans as people read them.
 *
 * @param zone in which instants are told
 * @param now of the answer, to leave out today's date
 */
public record Times(ZoneId zone, Instant now) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** In the named zone, or this machine's where the name is empty or unknown here. */
  public static Times of(String zoneName, long nowWallMillis) {
    ZoneId zone = ZoneId.systemDefault();
    try {
      zone = zoneName.isEmpty() ? zone : ZoneId.of(zoneName);
    } catch (DateTimeException e) {
      // A zone that this Java does not know: the machine's own is the best that can be shown.
    }
    return new Times(zone, Instant.ofEpochMilli(nowWallMillis));
  }

  /** {@code 14:03:22}, with the date where it is not today; {@code -} for 0. */
  public String at(long wallMillis) {
    if (wallMillis == 0) {
      return "-";
    }
    ZonedDateTime time = Instant.ofEpochMilli(wallMillis).atZone(zone);
    boolean today = time.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return time.format(today ? TIME : DAY_AND_TIME);
  }

  /** {@code 0.4s}, {@code 12s}, {@code 3m02s}, {@code 4h00m}, {@code 2d05h}; {@code -} below 0. */
  public static String span(long millis) {
    if (millis < 0) {
      return "-";
    }
    if (millis < 10 * SECOND) {
      return millis / SECOND + "." + millis % SECOND / 100 + "s";
    }
    if (millis < MINUTE) {
      return millis / SECOND + "s";
    }
    if (millis < HOUR) {
      return pair(millis / MINUTE, "m", millis % MINUTE / SECOND, "s");
    }
    if (millis < DAY) {
      return pair(millis / HOUR, "h", millis % HOUR / MINUTE, "m");
    }
    return pair(millis / DAY, "d", millis % DAY / HOUR, "h");
  }

  private static String pair(long big, String bigUnit, long small, String smallUnit) {
    return big + bigUnit + (small < 10 ? "0" : "") + small + smallUnit;
  }
}
