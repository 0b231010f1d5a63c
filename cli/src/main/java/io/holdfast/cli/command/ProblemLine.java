package io.holdfast.cli.command;

/**
 * A mistake in a plan, whoever found it.
 *
 * @param text complete: {@code file:line:column: path: message}
 */
record ProblemLine(
    int line, int column, String path, String message, String suggestion, String text) {}
