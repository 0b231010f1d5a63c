package io.holdfast.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/** A wall clock that is up to an hour off and jumps, while time itself goes on as it should. */
final class WallClock {

  /** Wall time at which every run begins. */
  static final long ORIGIN = 1_700_000_000_000L;

  private static final long MOST_OFF = Duration.ofHours(1).toMillis();
  private static final long JUMP_MILLIS = Duration.ofMinutes(2).toMillis();

  private final EventScheduler time;
  private final SplittableRandom random;
  private final boolean wrong;
  private long offset;

  /** Draws the same and happens at the same times whether it is wrong or not. */
  WallClock(EventScheduler time, SplittableRandom random, boolean wrong) {
    this.time = time;
    this.random = random;
    this.wrong = wrong;
  }

  void start() {
    jump();
  }

  long millis() {
    return ORIGIN + time.now() + offset;
  }

  private void jump() {
    long drawn = random.nextLong(-MOST_OFF, MOST_OFF + 1);
    offset = wrong ? drawn : 0;
    time.after(SimWorld.exponential(random, JUMP_MILLIS), this::jump);
  }
}
