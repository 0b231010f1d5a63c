// The load of a host as series for a chart. Times are seconds, as uPlot has them.

/** Milliseconds between two points after which the line is broken. */
const BROKEN_AFTER = 15_000;

/** [times, values of the first field, values of the second, …]; null where nothing was measured. */
export function series(points, fields) {
  const times = [];
  const values = fields.map(() => []);
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before !== undefined && point.at - before.at > BROKEN_AFTER) {
      times.push((before.at + 1_000) / 1_000);
      values.forEach((list) => list.push(null));
    }
    times.push(point.at / 1_000);
    fields.forEach((field, at) => values[at].push(point[field]));
  });
  return [times, ...values];
}

/** The least and the most of a field; null when it was never measured. */
export function extent(points, field) {
  const values = points.map((point) => point[field]).filter((value) => value !== null);
  return values.length === 0 ? null : { least: Math.min(...values), most: Math.max(...values) };
}
