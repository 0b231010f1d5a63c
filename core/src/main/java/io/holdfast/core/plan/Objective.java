package io.holdfast.core.plan;

import java.time.Duration;

/**
 * What recovery of one level may cost.
 *
 * @param rto longest time from last known good to verified recovery, positive
 * @param rpo most data that may be lost, as a span of time, positive
 */
public record Objective(Duration rto, Duration rpo) {}
