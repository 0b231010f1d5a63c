package io.holdfast.core.agent;

import io.holdfast.core.Moment;
import io.holdfast.core.health.ServiceVerdict;

/**
 * What the agent says of a service in its heartbeat.
 *
 * @param since when the verdict changed
 * @param pid 0: no process is known
 * @param healing true while a healing action is under way
 */
public record ServiceView(
    String service, ServiceVerdict verdict, Moment since, long pid, boolean healing) {}
