package io.holdfast.bench.agent;

import java.net.URI;
import java.util.function.BooleanSupplier;

/**
 * A service that somebody brings back.
 *
 * @param keeper who does
 * @param health says the pid of the process that answers
 * @param well whether whoever keeps it holds it for well again
 */
record Kept(String keeper, URI health, BooleanSupplier well) {}
