package io.holdfast.metrics;

/** What a figure is to Prometheus. */
public enum Kind {
  /** Goes up and down. */
  GAUGE,
  /** Only grows while the program runs; its name ends in {@code _total}. */
  COUNTER,
  /** A sum of seconds and their count; its name ends in {@code _seconds}. */
  SUMMARY,
  /** The same by size; its name ends in {@code _seconds}. */
  HISTOGRAM,
  /** Always 1, for its labels; its name ends in {@code _info}. */
  INFO;

  /** As {@code # TYPE} says it. */
  public String type() {
    return switch (this) {
      case GAUGE, INFO -> "gauge";
      case COUNTER -> "counter";
      case SUMMARY -> "summary";
      case HISTOGRAM -> "histogram";
    };
  }

  boolean fits(String name) {
    return name.matches("holdfast_[a-z0-9]+(_[a-z0-9]+)*")
        && name.endsWith("_total") == (this == COUNTER)
        && name.endsWith("_info") == (this == INFO)
        && (name.endsWith("_seconds") || (this != SUMMARY && this != HISTOGRAM));
  }
}
