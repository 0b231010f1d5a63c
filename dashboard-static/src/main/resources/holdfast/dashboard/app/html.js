// Components as templates. Text is only ever set as text: nothing here makes markup of a string.

import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);

/** A component that is rendered anew only when one of its properties is another value. */
export function memo(component) {
  return function Memo(properties) {
    this.shouldComponentUpdate = (next) => differ(this.props, next);
    return h(component, properties);
  };
}

function differ(before, after) {
  return Object.keys({ ...before, ...after }).some((name) => before[name] !== after[name]);
}
