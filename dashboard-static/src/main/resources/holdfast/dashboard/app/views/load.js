import { html, memo } from "../html.js";
import { extent } from "../logic/load.js";
import { Spark } from "./spark.js";

/** A share above this is said in red. */
const FULL = 0.9;

const KINDS = [
  { name: "cpu", fields: ["cpu"], write: "percent", full: 1 },
  { name: "memory", fields: ["memory"], write: "percent", full: 1 },
  { name: "disk", fields: ["diskUsed", "diskBusy"], write: "percent", full: 1 },
  { name: "network", fields: ["network"], write: "rate", full: null },
];

/** The load of a host over the last minutes; `fresh`: whether the newest point is of now. */
export const Load = memo(function Load({ format, host, points = [], fresh }) {
  if (points.length === 0) return null;
  return html`
    <dl class="load">
      ${KINDS.map((kind) => html`<${Kind} key=${kind.name} ...${{ format, host, points, fresh, kind }} />`)}
    </dl>
  `;
});

function Kind({ format, host, points, fresh, kind }) {
  const { t } = format;
  const name = t(`load.${kind.name}`);
  const newest = points.at(-1)[kind.fields[0]];
  const write = (value) => (value === null ? t("page.none") : format[kind.write](value));
  const range = extent(points, kind.fields[0]);
  const full = fresh && kind.full !== null && newest > FULL;
  const label = t("load.curve", {
    name,
    host,
    newest: write(newest),
    least: write(range?.least ?? null),
    most: write(range?.most ?? null),
  });
  return html`
    <div class=${full ? "load-kind tone-unhealthy full" : "load-kind"}>
      <dt>${name}</dt>
      <dd>
        <strong>${fresh ? write(newest) : "—"}</strong>
        ${kind.name === "disk" && fresh && html`<span class="fine"> ${t("load.busy", { share: write(points.at(-1).diskBusy) })}</span>`}
        <${Spark} label=${label} points=${points} fields=${kind.fields} full=${kind.full} />
      </dd>
    </div>
  `;
}
