// A curve without axes. It is drawn when it comes into view and when a point was added, not before.

import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import { html } from "../html.js";
import { series } from "../logic/load.js";

const HEIGHT = 34;
const SECONDS = 600;

/** `full` is the value at the top; null: the greatest shown. */
export function Spark({ label, points, fields, full }) {
  const box = useRef(null);
  const chart = useRef(null);
  const newest = useRef(points);
  newest.current = points;

  useEffect(() => {
    const draw = () => chart.current?.setData(series(newest.current, fields));
    const seen = new IntersectionObserver((entries) => {
      const visible = entries.at(-1).isIntersecting;
      if (visible && chart.current === null) chart.current = plot(box.current, fields, full, series(newest.current, fields));
      else if (visible) draw();
    });
    const sized = new ResizeObserver(() => chart.current?.setSize({ width: box.current.clientWidth, height: HEIGHT }));
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const repaint = () => chart.current?.redraw(false);
    seen.observe(box.current);
    sized.observe(box.current);
    dark.addEventListener("change", repaint);
    return () => {
      seen.disconnect();
      sized.disconnect();
      dark.removeEventListener("change", repaint);
      chart.current?.destroy();
    };
  }, []);

  useEffect(() => chart.current?.setData(series(points, fields)), [points]);

  return html`<div ref=${box} class="spark" role="img" aria-label=${label}></div>`;
}

function plot(box, fields, full, data) {
  const colour = (name) => () => getComputedStyle(box).getPropertyValue(name);
  const lines = fields.map((field, index) => ({
    stroke: colour(index === 0 ? "--curve" : "--curve-second"),
    fill: index === 0 ? colour("--curve-fill") : undefined,
    width: 1.5,
    points: { show: false },
  }));
  const options = {
    width: box.clientWidth,
    height: HEIGHT,
    padding: [2, 0, 2, 0],
    cursor: { show: false },
    legend: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: {
      x: { range: (_, least, most) => [most - SECONDS, most] },
      y: { range: (_, least, most) => [0, full ?? Math.max(1, most)] },
    },
    series: [{}, ...lines],
  };
  return new UPlot(options, data, box);
}
