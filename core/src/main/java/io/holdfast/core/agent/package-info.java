/** The agent's side as a pure step: events in, events for the ledger and actions out. */
package io.holdfast.core.agent;
