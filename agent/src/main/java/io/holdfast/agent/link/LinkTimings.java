package io.holdfast.agent.link;

import java.time.Duration;

/**
 * How patient the link is.
 *
 * @param heartbeat from one heartbeat to the next
 * @param silence an open stream on which nothing comes for so long, not even the answer to a ping,
 *     is given up
 * @param opening a stream that is not open after so long is given up
 * @param stable a stream that was open for so long makes the next wait short again
 * @param firstWait upper bound of the first wait, doubled after each round of all collectors
 * @param longestWait upper bound of every wait
 * @param refusedWait wait after a round in which every collector said or showed something that
 *     another try will not change; stretched by up to twice itself
 */
public record LinkTimings(
    Duration heartbeat,
    Duration silence,
    Duration opening,
    Duration stable,
    Duration firstWait,
    Duration longestWait,
    Duration refusedWait) {

  /** What agents use. */
  public static LinkTimings standard() {
    return new LinkTimings(
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(8),
        Duration.ofSeconds(10),
        Duration.ofMillis(200),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10));
  }
}
