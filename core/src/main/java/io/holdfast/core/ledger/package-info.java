/** The records of the replicated log and the immutable state that they build. */
package io.holdfast.core.ledger;
