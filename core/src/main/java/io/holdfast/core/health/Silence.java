package io.holdfast.core.health;

import io.holdfast.core.Moment;
import java.util.Optional;

/** When what a host said last is not believed any more: of its services nothing is known then. */
public final class Silence {
  /** A host whose last heartbeat is older than this, in milliseconds, is silent. */
  public static final long AFTER_MILLIS = 3_000;

  private Silence() {}

  /**
   * Whether a host is silent.
   *
   * @param connected whether its stream is open
   * @param heardAt when its newest heartbeat came, by the clocks of {@code now}; empty: none yet
   */
  public static boolean of(boolean connected, Optional<Moment> heardAt, Moment now) {
    return !connected || heardAt.map(at -> now.millisSince(at) > AFTER_MILLIS).orElse(true);
  }
}
