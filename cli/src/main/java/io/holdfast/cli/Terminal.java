package io.holdfast.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the command runs in.
 *
 * @param out for answers
 * @param err for messages
 * @param environment variables
 * @param interactive whether a person sits there, so that a screen may be cleared
 * @param ask puts a question to the person; empty: nobody is there to answer
 */
public record Terminal(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    boolean interactive,
    Function<String, Optional<String>> ask) {}
