// Whether what is shown is live. The collector sends at least once a second.

/** Silence after which the connection counts as lost, though it may look open. */
export const SILENCE_MILLIS = 3_500;

/** Waiting time before attempt number `attempt` (1, 2, …), in milliseconds; `random` is 0 to 1. */
export function retryDelay(attempt, random) {
  const longest = Math.min(2_000, 500 * 2 ** (attempt - 1));
  return longest / 2 + (longest / 2) * random;
}

/** "connecting" before the first data, "live" while it flows, else "lost". */
export function connectionState(lastDataAt, openedAt, broken, now) {
  if (lastDataAt === null) {
    return broken || now - openedAt > SILENCE_MILLIS ? "lost" : "connecting";
  }
  return broken || now - lastDataAt > SILENCE_MILLIS ? "lost" : "live";
}
