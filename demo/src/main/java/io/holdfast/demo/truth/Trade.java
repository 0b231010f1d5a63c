package io.holdfast.demo.truth;

import java.time.Instant;

/**
 * One row of the trade log.
 *
 * @param entry grows with each row, in the order in which the database took them
 * @param id the engine's own count: it should be without gaps and without repeats
 * @param engine who wrote it
 * @param at the database's clock when it was written
 */
public record Trade(long entry, long id, Engine engine, Instant at) {}
