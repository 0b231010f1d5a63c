import { html } from "../html.js";
import { exitText } from "../logic/exit.js";

/** How a service's process ended and what it printed last, as text; `time` is when, as text. */
export function Exit({ format, exit, time }) {
  const { t } = format;
  return html`
    <div class="exit">
      <p>
        ${t(...exitText(exit))}${exit.result !== "" && html` · systemd: <code><bdi>${exit.result}</bdi></code>`}
        <span class="fine"> (${time})</span>
      </p>
      ${exit.lines.length > 0 &&
      html`
        <p class="fine">${t("exit.words")}</p>
        <ul class="words" lang="en">
          ${exit.lines.map((line) => html`<li><bdi>${line}</bdi></li>`)}
        </ul>
      `}
    </div>
  `;
}
