// Spans and instants. "now" is always an argument.

/** h:mm:ss, with days in front where there are any; negative spans count as their size. */
export function span(millis) {
  const seconds = Math.floor(Math.abs(millis) / 1000);
  const two = (value) => String(value).padStart(2, "0");
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3_600) % 24;
  const clock = `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${days}d ${clock}` : clock;
}

/** The largest unit of a span and how many of it: {value, unit} for Intl. */
export function coarse(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) return { value: seconds, unit: "second" };
  if (seconds < 3_600) return { value: Math.floor(seconds / 60), unit: "minute" };
  if (seconds < 86_400) return { value: Math.floor(seconds / 3_600), unit: "hour" };
  return { value: Math.floor(seconds / 86_400), unit: "day" };
}

/** A span without its part of a second, so that what is over and what is left add up when shown. */
export function wholeSeconds(millis) {
  return Math.floor(millis / 1000) * 1000;
}

/** Shares of an objective at which to warn. */
export const WARNINGS = [0.5, 0.8, 1];

/** How an incident stands to its objective: time and share left, and how loud to be. */
export function objective(outage, rto) {
  if (rto <= 0) return { left: null, share: null, tone: "none" };
  const passed = WARNINGS.filter((warning) => outage / rto >= warning).length;
  return {
    left: rto - outage,
    share: Math.max(0, 1 - outage / rto),
    tone: ["early", "half", "late", "over"][passed],
  };
}

/** Writes instants in a time zone; the date only when it is not that of `now`. */
export function instants(language, timezone) {
  const zone = knownZone(timezone);
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const clock = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return (wallMillis, now) => {
    const date = day.format(wallMillis);
    return date === day.format(now) ? clock.format(wallMillis) : `${date} ${clock.format(wallMillis)}`;
  };
}

function knownZone(timezone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timezone || undefined }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
