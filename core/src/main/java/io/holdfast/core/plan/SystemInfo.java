package io.holdfast.core.plan;

/**
 * The system that the plan is about.
 *
 * @param name its name, as hosts' names are spelt
 * @param locale BCP 47 tag of the users' language: {@code en} or {@code zh-TW}
 * @param timezone IANA name of the zone in which times are shown
 */
public record SystemInfo(String name, String locale, String timezone) {}
