// The shape of a heartbeat bar: one column for each verdict, the newest at the right. Verdicts differ
// in height as well as in colour.

import { BEATS } from "./past.js";

export const COLUMN = 6;
export const HEIGHT = 24;
export const WIDTH = BEATS * COLUMN;

const GAP = 1.2;
const HEIGHTS = { healthy: 14, unhealthy: HEIGHT, unknown: 6 };

/** The columns of each verdict as one SVG path: {healthy, unhealthy, unknown, none}. */
export function columns(beats) {
  const paths = { healthy: "", unhealthy: "", unknown: "", none: "" };
  const empty = BEATS - beats.length;
  if (empty > 0) paths.none = `M0 ${HEIGHT - 2}h${empty * COLUMN - GAP}v2H0z`;
  beats.forEach((beat, index) => {
    const height = HEIGHTS[beat.verdict];
    const x = ((empty + index) * COLUMN).toFixed(0);
    paths[beat.verdict] += `M${x} ${HEIGHT - height}h${COLUMN - GAP}v${height}h${GAP - COLUMN}z`;
  });
  return paths;
}

/** The index of the beat at a share of the bar's width (0 to 1), the nearest where there is none. */
export function indexAt(beats, share) {
  const column = Math.floor(share * BEATS) - (BEATS - beats.length);
  return Math.min(beats.length - 1, Math.max(0, column));
}

/** How many verdicts of each kind there are. */
export function counts(beats) {
  const found = { healthy: 0, unhealthy: 0, unknown: 0 };
  for (const beat of beats) found[beat.verdict] += 1;
  return found;
}
