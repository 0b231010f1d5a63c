/** {@code holdfast}, the operator's command: its entry, its languages and its exit codes. */
package io.holdfast.cli;
