package io.holdfast.core.plan;

/**
 * One probe of a service with its timing.
 *
 * @param name unique within the service: {@code process}, {@code tcp}, {@code http}, {@code
 *     postgres} or {@code file_age}
 */
public record Check(String name, CheckTiming timing, Probe probe) {}
