package io.holdfast.demo.stage;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The objectives of the plan in force, as they stand in its text. */
final class Objectives {

  private Objectives() {}

  /** The recovery time objective of a level, written as in {@code P2: {rto: 2h, rpo: 5m}}. */
  static Duration recoveryTime(String planText, String level) {
    Matcher matcher =
        Pattern.compile(
                "^\\s*" + level + ":\\s*\\{[^}]*\\brto:\\s*(\\d{1,6})([smhd])\\b",
                Pattern.MULTILINE)
            .matcher(planText);
    if (!matcher.find()) {
      throw StageException.failed("the plan in force has no rto of " + level);
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
