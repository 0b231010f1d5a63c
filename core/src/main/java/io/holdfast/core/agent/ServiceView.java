package io.holdfast.core.agent;

import io.holdfast.core.Moment;
import io.holdfast.core.health.ServiceVerdict;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the agent says of a service in its heartbeat.
 *
 * @param since when the verdict changed
 * @param pid 0: no process is known
 * @param healing true while a healing action is under way
 * @param judged when the verdict was computed last from something new, whether it changed or not
 * @param answerMillis what the slowest of the checks' newest answers took; empty: none answered
 */
public record ServiceView(
    String service,
    ServiceVerdict verdict,
    Moment since,
    long pid,
    boolean healing,
    Optional<Moment> judged,
    OptionalLong answerMillis) {}
