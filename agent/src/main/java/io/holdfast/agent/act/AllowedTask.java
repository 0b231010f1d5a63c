package io.holdfast.agent.act;

/**
 * A job of the allowlist.
 *
 * @param user who does it
 */
public record AllowedTask(String user, JobTask task) {}
