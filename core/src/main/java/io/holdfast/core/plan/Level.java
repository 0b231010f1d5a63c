package io.holdfast.core.plan;

/** How bad an incident is, from the whole system unusable (P1) to slight (P4). */
public enum Level {
  P1,
  P2,
  P3,
  P4;

  /** Whether this level is worse than {@code other}. */
  public boolean isWorseThan(Level other) {
    return ordinal() < other.ordinal();
  }
}
