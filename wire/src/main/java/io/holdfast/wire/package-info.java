/**
 * Between the value types of {@code core} and the messages of {@code proto}, and who a peer is by
 * its certificate. What is not understood is refused with a {@link io.holdfast.wire.WireException},
 * never skipped.
 */
package io.holdfast.wire;
