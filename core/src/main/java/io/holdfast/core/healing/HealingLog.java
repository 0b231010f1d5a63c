package io.holdfast.core.healing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a rule has done to one service. Times are milliseconds of the boot clock.
 *
 * @param attempts actions since the rule was last armed, 0 or more
 * @param actions when the actions within the budget's window began, oldest first
 * @param notBefore the next attempt waits until then
 */
public record HealingLog(int attempts, List<Long> actions, OptionalLong notBefore) {

  /** Nothing done yet. */
  public static final HealingLog NEW = new HealingLog(0, List.of(), OptionalLong.empty());

  /** Copies the list. */
  public HealingLog {
    actions = List.copyOf(actions);
  }

  /** This log with an action that begins {@code now}. */
  HealingLog acted(long now, long windowMillis) {
    List<Long> grown = new ArrayList<>(actions);
    grown.removeIf(at -> now - at >= windowMillis);
    grown.add(now);
    return new HealingLog(attempts + 1, grown, OptionalLong.empty());
  }

  /** This log with the wait before the next attempt. */
  public HealingLog waitingUntil(long boot) {
    return new HealingLog(attempts, actions, OptionalLong.of(boot));
  }

  /** This log without its last action: somebody else acted. */
  public HealingLog withdrawn() {
    return actions.isEmpty()
        ? this
        : new HealingLog(
            Math.max(0, attempts - 1), actions.subList(0, actions.size() - 1), notBefore);
  }

  HealingLog rearmed() {
    return new HealingLog(0, actions, OptionalLong.empty());
  }

  /** When the last action began; empty: never. */
  public OptionalLong lastAction() {
    return actions.isEmpty() ? OptionalLong.empty() : OptionalLong.of(actions.getLast());
  }
}
