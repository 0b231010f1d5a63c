package io.holdfast.bench.agent;

import io.holdfast.bench.report.Sample;
import java.util.OptionalDouble;

/**
 * What a subject needed in a window.
 *
 * @param residentMb the sum over its processes, at each look
 * @param shareMb proportional share at the end; empty when it may not be read
 * @param cpuSecondsPerMinute user and system time
 */
record Consumption(Sample residentMb, OptionalDouble shareMb, double cpuSecondsPerMinute) {}
