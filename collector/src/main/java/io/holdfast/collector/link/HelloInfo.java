package io.holdfast.collector.link;

/**
 * What an agent said of itself when its stream opened.
 *
 * @param build of the agent, for people
 * @param bootId the kernel's boot id
 * @param spoolId names the spool whose events follow
 * @param planHash of the plan that it works from; empty: it has none
 */
public record HelloInfo(String build, String bootId, String spoolId, String planHash) {}
