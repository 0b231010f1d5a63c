// How names, times, spans and quantities are written in one language and time zone. Made once for
// both, because making an Intl object costs more than using it.

import { coarse, instants, span } from "./clock.js";

const NAMES_SHOWN = 6;
const RATES = [
  [1e9, "gigabyte-per-second"],
  [1e6, "megabyte-per-second"],
  [1e3, "kilobyte-per-second"],
  [1, "byte-per-second"],
];

export function formats(t, timezone) {
  const tag = t.language.tag;
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "always", style: "short" });
  const percent = new Intl.NumberFormat(tag, { style: "percent" });
  const units = new Map();
  const unit = (name, value) => {
    if (!units.has(name)) {
      const options = { style: "unit", unit: name, unitDisplay: "short", maximumSignificantDigits: 3 };
      units.set(name, new Intl.NumberFormat(tag, options));
    }
    return units.get(name).format(value);
  };
  return {
    t,
    timezone,
    span,
    /** Wall clock of `wallMillis`, with its date when that is not the date of `now`. */
    time: instants(tag, timezone),
    percent: (share) => percent.format(share),
    names: (list) => listed(t, list),
    ago: (millis) => {
      const { value, unit: name } = coarse(millis);
      return relative.format(-value, name);
    },
    lasting: (millis) => {
      const { value, unit: name } = coarse(millis);
      return unit(name, value);
    },
    answer: (millis) => (millis < 1_000 ? unit("millisecond", millis) : unit("second", millis / 1_000)),
    rate: (bytes) => {
      const [size, name] = RATES.find(([least]) => bytes >= least) ?? RATES.at(-1);
      return unit(name, bytes / size);
    },
  };
}

/** The first names, and how many more there are. */
function listed(t, list) {
  const shown = list.slice(0, NAMES_SHOWN).join(t("names.and"));
  const more = list.length - NAMES_SHOWN;
  return more > 0 ? t("names.more", { names: shown, count: more }) : shown;
}
