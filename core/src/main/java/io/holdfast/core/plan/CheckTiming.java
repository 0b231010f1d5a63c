package io.holdfast.core.plan;

import java.time.Duration;

/**
 * When a check runs and how many results decide.
 *
 * @param interval from the start of one run to the next, at least 1 s
 * @param timeout after which a run counts as failed, 1 ms or more
 * @param failureThreshold consecutive failures that make it unhealthy, 1 or more
 * @param recoveryThreshold consecutive passes that make it healthy again, 1 or more
 */
public record CheckTiming(
    Duration interval, Duration timeout, int failureThreshold, int recoveryThreshold) {

  /** Checks the ranges. */
  public CheckTiming {
    if (failureThreshold < 1 || recoveryThreshold < 1) {
      throw new IllegalArgumentException("a threshold is below 1");
    }
    if (interval.toMillis() < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException("interval or timeout is below 1 ms");
    }
  }
}
