package io.holdfast.core.agent;

import io.holdfast.core.healing.HealingLog;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a high-memory rule has seen and done. Times are milliseconds of the boot clock.
 *
 * @param highSince since when the threshold is passed without a break
 * @param queue services that are still to be restarted, one at a time
 * @param heldReported a decision not to act was already told in this episode
 */
record MemoryWatch(
    OptionalLong highSince, HealingLog log, List<String> queue, boolean heldReported) {

  static final MemoryWatch NEW =
      new MemoryWatch(OptionalLong.empty(), HealingLog.NEW, List.of(), false);

  MemoryWatch {
    queue = List.copyOf(queue);
  }

  MemoryWatch calm() {
    return new MemoryWatch(OptionalLong.empty(), log, queue, false);
  }

  MemoryWatch highFrom(long nowBoot) {
    return highSince.isPresent()
        ? this
        : new MemoryWatch(OptionalLong.of(nowBoot), log, queue, false);
  }

  MemoryWatch held() {
    return new MemoryWatch(highSince, log, queue, true);
  }

  MemoryWatch acting(HealingLog acted, List<String> targets) {
    return new MemoryWatch(highSince, acted, targets, heldReported);
  }

  MemoryWatch withoutHead() {
    return new MemoryWatch(highSince, log, queue.subList(1, queue.size()), heldReported);
  }
}
