package io.holdfast.demo.truth;

/**
 * Which engine wrote a trade.
 *
 * @param host name of its host
 * @param pid its process there
 * @param epoch the fencing epoch it was started under; 0: no lease
 */
public record Engine(String host, long pid, long epoch) {}
