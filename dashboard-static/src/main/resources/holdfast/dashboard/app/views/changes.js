import { html } from "../html.js";
import { changes } from "../logic/changes.js";
import { Mark } from "./marks.js";
import { Reasons } from "./reasons.js";

export function Changes({ format, clock, status }) {
  const { t } = format;
  const items = changes(status);
  return html`
    <section id="changes">
      <h2>${t("changes.title")}</h2>
      ${items.length === 0
        ? html`<p class="empty">${t("changes.none")}</p>`
        : html`
            <ol class="changes">
              ${items.map((item) => html`<${Row} key=${item.key} format=${format} now=${clock.now} item=${item} />`)}
            </ol>
          `}
    </section>
  `;
}

function Row({ format, now, item }) {
  return html`
    <li>
      <time datetime=${new Date(item.at).toISOString()}>${format.time(item.at, now)}</time>
      <${Mark} tone=${item.tone} />
      <div>
        <p><bdi>${format.t(item.text, worded(format, item.parameters))}</bdi></p>
        <${Reasons} format=${format} reasons=${item.reasons} />
      </div>
    </li>
  `;
}

function worded({ t, span }, parameters) {
  return {
    ...parameters,
    outage: span(parameters.outage ?? 0),
    rto: parameters.rto > 0 ? span(parameters.rto) : t("page.none"),
  };
}
