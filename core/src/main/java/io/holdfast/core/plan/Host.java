package io.holdfast.core.plan;

/**
 * A machine of the plan.
 *
 * @param name unique within the plan; its certificate says {@code holdfast://host/NAME}
 * @param address host name or IP address
 */
public record Host(String name, String address) {}
