/**
 * What both ways of running jobs share: the rules of a run, and the texts by which the agent and
 * the job's process speak to each other.
 */
package io.holdfast.agent.act.job;
