/** The leader's side as a pure step: events in, ledger records and actions out. */
package io.holdfast.core.leader;
