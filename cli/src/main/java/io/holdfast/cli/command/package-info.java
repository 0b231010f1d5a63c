/** One class for each command; what they share of options is in {@code GlobalOptions}. */
package io.holdfast.cli.command;
