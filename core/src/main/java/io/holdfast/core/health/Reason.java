package io.holdfast.core.health;

/**
 * One reason of a verdict.
 *
 * @param check name of the check; empty where no single check is meant
 * @param detail for people, in English, at most a line; may be empty
 */
public record Reason(ReasonCode code, String check, String detail) {}
