package io.holdfast.core.plan;

/**
 * One probe of a service with its timing.
 *
 * @param name unique within the service: {@code process}, {@code tcp}, {@code http}, {@code
 *     postgres}, {@code file_age} or {@code write}
 */
public record Check(String name, CheckTiming timing, Probe probe) {}
