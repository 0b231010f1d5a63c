package io.holdfast.bench.report;

import java.util.Collection;
import java.util.List;

/**
 * Values of one kind, at least one.
 *
 * @param sorted in ascending order
 */
public record Sample(List<Double> sorted) {

  /** Sorts a copy of the values. */
  public Sample {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("a sample has at least one value");
    }
    sorted = sorted.stream().sorted().toList();
  }

  /** The values in whatever order they came. */
  public static Sample of(Collection<Double> values) {
    return new Sample(List.copyOf(values));
  }

  /** How many there are. */
  public int n() {
    return sorted.size();
  }

  /**
   * The smallest value that at least this share of all values does not exceed (the nearest rank):
   * for 0.99 that is the largest value as long as there are fewer than 100.
   *
   * @param share more than 0, at most 1
   */
  public double percentile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is more than 0 and at most 1: " + share);
    }
    // A share such as 0.99 is not exact in binary: 0.99 * 100 must not become rank 100.
    int rank = (int) Math.ceil(share * n() - 1e-9);
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** The smallest. */
  public double min() {
    return sorted.getFirst();
  }

  /** The largest. */
  public double max() {
    return sorted.getLast();
  }

  /** The arithmetic mean. */
  public double mean() {
    return sorted.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
