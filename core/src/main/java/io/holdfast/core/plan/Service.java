package io.holdfast.core.plan;

import java.util.List;

/**
 * Something that runs on a host and is guarded.
 *
 * @param critical weighs 3 in {@code system_health} instead of 1
 * @param exclusive never active on two hosts
 * @param module part of the system that it belongs to ({@code trading}, {@code reporting} …)
 * @param unit systemd unit; empty where the plan names none
 * @param runsOn names of the hosts it runs on, at least one
 * @param checks at least one; the process check, where there is one, comes first
 */
public record Service(
    String name,
    boolean critical,
    boolean exclusive,
    String module,
    String unit,
    List<String> runsOn,
    List<Check> checks) {

  /** Weight of a critical service in {@code system_health} (design, section 6). */
  public static final int CRITICAL_WEIGHT = 3;

  /** Copies the lists. */
  public Service {
    runsOn = List.copyOf(runsOn);
    checks = List.copyOf(checks);
  }

  /** Weight in {@code system_health}. */
  public int weight() {
    return critical ? CRITICAL_WEIGHT : 1;
  }
}
