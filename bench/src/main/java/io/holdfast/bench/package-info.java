/** {@code ./holdfast bench}: Holdfast measured beside other programs, in the same run. */
package io.holdfast.bench;
