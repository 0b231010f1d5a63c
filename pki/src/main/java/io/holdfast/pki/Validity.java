package io.holdfast.pki;

import java.time.Duration;
import java.time.Instant;

/**
 * The time in which a certificate holds. X.509 knows whole seconds.
 *
 * @param notBefore first instant at which it holds
 * @param notAfter last instant at which it holds; after {@code notBefore}
 */
public record Validity(Instant notBefore, Instant notAfter) {
  private static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

  /** Refuses an empty window. */
  public Validity {
    if (!notBefore.isBefore(notAfter)) {
      throw new PkiException(
          "a certificate cannot hold from " + notBefore + " to " + notAfter + ": the end is first");
    }
  }

  /** From five minutes back, for the sake of clocks that differ a little, until {@code days} on. */
  public static Validity days(int days) {
    Instant now = Instant.now();
    return new Validity(now.minus(CLOCK_SLACK), now.plus(Duration.ofDays(days)));
  }

  /** It ended an hour ago. */
  public static Validity expired() {
    Instant now = Instant.now();
    return new Validity(now.minus(Duration.ofDays(1)), now.minus(Duration.ofHours(1)));
  }

  /** It begins in an hour. */
  public static Validity notYet() {
    Instant now = Instant.now();
    return new Validity(now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
  }
}
