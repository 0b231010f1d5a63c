// What the page remembers: the last beats of each service and the last load of each host, oldest
// first, by the collector's clock. A collector that was restarted knows less than the page, so its
// history is merged into the page's, never put in its place.

export const BEATS = 60;
export const LOADS = 120;

export const EMPTY = { beats: new Map(), loads: new Map() };

/** The past and the newest beats and loads of a status; what is not planned any more is forgotten. */
export function append(past, status) {
  return {
    beats: each(past.beats, status.services, (service) => status.beats.get(service.key), BEATS),
    loads: each(past.loads, status.hosts, (host) => host.load, LOADS),
  };
}

/** The past and what a history adds to it. */
export function merge(past, history) {
  return {
    beats: union(past.beats, history.beats, BEATS),
    loads: union(past.loads, history.loads, LOADS),
  };
}

function each(known, things, newest, limit) {
  const next = new Map();
  for (const { key } of things) {
    next.set(key, next.get(key) ?? known.get(key) ?? []);
  }
  for (const thing of things) {
    const item = newest(thing) ?? null;
    if (item !== null) next.set(thing.key, after(next.get(thing.key), item, limit));
  }
  return next;
}

/**
 * The list with `item` as its newest; the very same list when it has it already. Items that are said
 * to be later were dated by a clock that has since been set back: they go.
 */
function after(list, item, limit) {
  if (list.some((old) => old.at === item.at)) return list;
  return [...list.filter((old) => old.at < item.at), item].slice(-limit);
}

function union(known, added, limit) {
  const next = new Map(known);
  for (const [key, items] of added) {
    const all = new Map([...(known.get(key) ?? []), ...items].map((item) => [item.at, item]));
    next.set(key, [...all.values()].sort((a, b) => a.at - b.at).slice(-limit));
  }
  return next;
}
