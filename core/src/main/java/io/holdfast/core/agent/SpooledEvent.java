package io.holdfast.core.agent;

import io.holdfast.core.Moment;

/**
 * An event with its place in the spool. (host, spool id, sequence) names it for ever.
 *
 * @param sequence 1 or more, growing
 * @param previous sequence of the event before it; what lies between the two was merged or dropped
 * @param bootId the kernel's boot id, for {@code at}'s boot clock
 */
public record SpooledEvent(
    long sequence, long previous, Moment at, String bootId, HostEvent event) {

  /** Checks the order. */
  public SpooledEvent {
    if (previous < 0 || sequence <= previous) {
      throw new IllegalArgumentException("sequence " + sequence + " after " + previous);
    }
  }
}
