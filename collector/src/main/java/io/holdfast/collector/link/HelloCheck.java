package io.holdfast.collector.link;

import io.holdfast.proto.agent.v1.Hello;
import io.holdfast.proto.agent.v1.Refusal.Reason;

/** Decides whether a Hello opens a stream. */
final class HelloCheck {
  /** Version of the protocol that this build speaks. */
  static final int PROTOCOL = 1;

  private static final int MAX_TEXT = 128;

  private HelloCheck() {}

  /** Refuses, or returns what the agent said of itself. */
  static HelloInfo check(Hello hello, String certified, LinkHandler handler)
      throws RefusedException {
    if (hello.getProtocol() != PROTOCOL) {
      throw new RefusedException(
          Reason.REASON_PROTOCOL,
          "protocol "
              + hello.getProtocol()
              + " is not spoken here, only "
              + PROTOCOL
              + "; upgrade the older side");
    }
    if (!hello.getHost().equals(certified)) {
      throw new RefusedException(
          Reason.REASON_CERTIFICATE,
          "the certificate is for host "
              + certified
              + ", and the agent says that it is "
              + bounded("host", hello.getHost()));
    }
    HelloInfo info =
        new HelloInfo(
            bounded("build", hello.getBuild()),
            bounded("boot_id", hello.getBootId()),
            bounded("spool_id", hello.getSpoolId()),
            bounded("plan_hash", hello.getPlanHash()));
    if (info.spoolId().isEmpty()) {
      throw new RefusedException(Reason.REASON_BAD_MESSAGE, "the Hello has no spool_id");
    }
    if (!handler.knows(certified)) {
      throw new RefusedException(
          Reason.REASON_UNKNOWN_HOST, "the plan in force has no host " + certified);
    }
    return info;
  }

  /** The value, or refuses it: these are kept for each host. */
  static String bounded(String field, String value) throws RefusedException {
    if (value.length() > MAX_TEXT || value.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedException(
          Reason.REASON_BAD_MESSAGE,
          field + " is longer than " + MAX_TEXT + " characters or not printable");
    }
    return value;
  }
}
