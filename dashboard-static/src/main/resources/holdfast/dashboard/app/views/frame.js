// What stands around the content: connection, languages, the warning when data is old, the foot.

import { html } from "../html.js";
import { LANGUAGES } from "../i18n/index.js";
import { shortHash } from "./hosts.js";
import { Mark } from "./marks.js";

const TONES = { live: "healthy", lost: "unhealthy", connecting: "unknown" };

export function Connection({ format, state }) {
  return html`
    <p id="connection" class="connection"><${Mark} tone=${TONES[state]} />${format.t(`connection.${state}`)}</p>
  `;
}

export function Languages({ format, onLanguage }) {
  return html`
    <nav id="languages" class="languages" aria-label=${format.t("page.language")}>
      ${LANGUAGES.map(
        (language) => html`
          <button
            key=${language.tag}
            type="button"
            lang=${language.html}
            data-key=${language.tag}
            aria-pressed=${String(language === format.t.language)}
            onClick=${() => onLanguage(language)}
          >
            ${language.label}
          </button>
        `,
      )}
    </nav>
  `;
}

/** The warning is put in once, so that it is read out once; its clock then runs silently. */
export function Lost({ format, state, clock, known }) {
  const { t } = format;
  const seen = clock.now - clock.aged;
  const parameters = known && { time: format.time(seen, clock.now), ago: format.ago(clock.aged) };
  return html`
    <div id="lost" role="alert">
      ${state === "lost" &&
      html`
        <p class="lost">
          <${Mark} tone="unhealthy" />
          <span>${known ? t("lost.withData", parameters) : t("lost.noData")}</span>
        </p>
      `}
    </div>
  `;
}

export function Foot({ format, status }) {
  const { t } = format;
  const zone = status.timezone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const item = (name, value) => html`<div key=${name}><dt>${t(`foot.${name}`)}</dt><dd>${value}</dd></div>`;
  return html`
    <dl>
      ${item("collector", status.collector || t("page.none"))}
      ${item("plan", status.planHash ? shortHash(status.planHash) : t("page.none"))}
      ${item("ledger", status.ledgerIndex)} ${item("zone", zone)}
    </dl>
  `;
}
