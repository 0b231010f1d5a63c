/** The agent's figures for Prometheus: what is counted, and the port that shows it. */
package io.holdfast.agent.metrics;
