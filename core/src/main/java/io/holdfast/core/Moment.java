package io.holdfast.core;

import java.time.Duration;

/**
 * One reading of a host's clocks, given to every step as an argument.
 *
 * <p>Spans are computed from the boot clock alone; the wall clock only dates evidence for people
 * and may jump in either direction.
 *
 * @param bootMillis milliseconds of this host's boot clock (monotonic, counts suspension), not
 *     negative; comparable only within one boot
 * @param wallMillis milliseconds since 1970-01-01T00:00Z by this host's wall clock
 */
public record Moment(long bootMillis, long wallMillis) {

  /** Checks the range. */
  public Moment {
    if (bootMillis < 0) {
      throw new IllegalArgumentException("bootMillis is negative: " + bootMillis);
    }
  }

  /** The span from {@code earlier} to this moment, in milliseconds of the boot clock. */
  public long millisSince(Moment earlier) {
    return bootMillis - earlier.bootMillis;
  }

  /** This moment moved by {@code span} on both clocks. */
  public Moment plus(Duration span) {
    return new Moment(bootMillis + span.toMillis(), wallMillis + span.toMillis());
  }
}
