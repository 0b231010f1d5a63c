package io.holdfast.core.agent;

import io.holdfast.core.Moment;

/**
 * The clocks of a host when it sent a batch of events. They tell how old each event is, whatever
 * the wall clocks of host and collector say.
 *
 * @param bootId the kernel's boot id, for {@code at}'s boot clock
 */
public record SentAt(Moment at, String bootId) {

  /**
   * When the event happened, by the clock of the one that received it at {@code
   * receivedWallMillis}. An event of an earlier boot has nothing but the host's wall clock.
   */
  public long happenedWallMillis(SpooledEvent event, long receivedWallMillis) {
    long age =
        bootId.equals(event.bootId())
            ? at.millisSince(event.at())
            : at.wallMillis() - event.at().wallMillis();
    return receivedWallMillis - Math.max(0, age);
  }
}
