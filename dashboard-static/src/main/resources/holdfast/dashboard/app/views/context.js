// What every view needs besides the status: texts, the clocks, and how times and spans are written.

import { coarse, instant, span } from "../logic/clock.js";

/**
 * @param t translator
 * @param status the last one
 * @param aged milliseconds since it came
 * @param live whether it is fresh
 */
export function viewContext(t, status, aged, live) {
  const tag = t.language.tag;
  const now = status.wallMillis + aged;
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "always", style: "short" });
  return {
    t,
    live,
    aged,
    now,
    span,
    names: (list) => list.join(tag.startsWith("zh") ? "、" : ", "),
    time: (wallMillis) => instant(wallMillis, now, tag, status.timezone),
    ago: (millis) => {
      const { value, unit } = coarse(millis);
      return relative.format(-value, unit);
    },
    lasting: (millis) => {
      const { value, unit } = coarse(millis);
      return new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "short" }).format(value);
    },
    percent: (share) => new Intl.NumberFormat(tag, { style: "percent" }).format(share),
    reason: (reason) => t(`reason.${reason.code}`),
  };
}
