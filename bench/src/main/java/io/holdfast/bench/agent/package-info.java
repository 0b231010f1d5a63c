/** {@code bench agent}: what the agent costs, and how soon a killed process answers again. */
package io.holdfast.bench.agent;
