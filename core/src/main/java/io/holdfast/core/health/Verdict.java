package io.holdfast.core.health;

/** What is known of a service. */
public enum Verdict {
  HEALTHY,
  UNHEALTHY,
  /** Nothing is known, or not any more: neither good nor bad. */
  UNKNOWN
}
