package io.holdfast.collector.link;

/**
 * An open stream, for people.
 *
 * @param id names it; another stream of the same host has another one
 * @param certificateEndsWallMillis when the newest certificate of the stream ends
 */
public record StreamFacts(String id, long certificateEndsWallMillis) {}
