// Keeps the identity of what did not change, so that only what did is rendered anew.

/** `fresh`, with each item that says the same as the one of its key in `old` replaced by that one. */
export function reuse(old, fresh) {
  const known = new Map(old.map((item) => [item.key, item]));
  return fresh.map((item) => {
    const before = known.get(item.key);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(item) ? before : item;
  });
}
