// The whole page. `format` writes in the reader's language; `clock` is {now, aged, live}: the
// collector's clock, milliseconds since the last status, and whether that is fresh.

import { html } from "../html.js";
import { headline } from "../logic/headline.js";
import { Changes } from "./changes.js";
import { Connection, Foot, Languages, Lost } from "./frame.js";
import { Hosts } from "./hosts.js";
import { Incidents } from "./incidents.js";
import { Summary } from "./summary.js";

export function App({ format, connection, clock, status, past, onLanguage }) {
  const shown = { format, clock, status };
  return html`
    <header class="top">
      <div class="brand"><img src="icon.svg" alt="" width="28" height="28" /><span>Holdfast</span></div>
      <h1 id="system"><bdi>${status?.system || "Holdfast"}</bdi></h1>
      <${Connection} format=${format} state=${connection} />
      <${Languages} format=${format} onLanguage=${onLanguage} />
    </header>
    <${Lost} format=${format} state=${connection} clock=${clock} known=${status !== null} />
    <main>
      ${status !== null &&
      html`
        <${Summary} ...${shown} />
        <${Incidents} ...${shown} />
        <${Hosts} ...${shown} past=${past} />
        <${Changes} ...${shown} />
      `}
    </main>
    <footer id="foot">${status !== null && html`<${Foot} format=${format} status=${status} />`}</footer>
    <p id="announcer" class="unseen" role="status" aria-live="polite">${announcement(format, clock, status)}</p>
  `;
}

/** The answer in the title, for whoever has the page in a tab behind others. */
export function titleOf(format, clock, status) {
  if (status === null) return "Holdfast";
  return [answer(format, clock, status), status.system, "Holdfast"].filter((part) => part !== "").join(" · ");
}

function answer({ t }, clock, status) {
  return clock.live ? t(`headline.${headline(status).kind}`) : t("connection.lost");
}

/** Changes only when the answer does, so that it is not read out again and again. */
function announcement(format, clock, status) {
  if (status === null) return "";
  return `${answer(format, clock, status)}. ${format.t("announce.level", { count: status.open.length })}`;
}
