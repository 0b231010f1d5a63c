import { html } from "../html.js";
import { objective, wholeSeconds } from "../logic/clock.js";
import { exitOf } from "../logic/exit.js";
import { healingNote } from "../logic/healing.js";
import { Exit } from "./exit.js";
import { Healing } from "./healing.js";
import { Mark } from "./marks.js";
import { Reasons } from "./reasons.js";
import { ObjectiveBar, URGENCY } from "./summary.js";

export function Incidents({ format, clock, status }) {
  const { t } = format;
  return html`
    <section id="incidents">
      <h2>${t("incidents.title")}</h2>
      ${status.open.length === 0
        ? html`<p class="empty">${t("incidents.none")}</p>`
        : html`
            <ul class="incidents">
              ${status.open.map(
                (incident) => html`
                  <${Card}
                    key=${incident.id}
                    format=${format}
                    clock=${clock}
                    incident=${incident}
                    ...${pastOf(status, incident)}
                  />
                `,
              )}
            </ul>
          `}
    </section>
  `;
}

/** What healing did, and how the process ended. */
function pastOf(status, { host, service }) {
  const row = status.services.find((one) => one.host === host && one.name === service);
  return row === undefined ? { note: null, exit: null } : { note: healingNote(status.events, row), exit: exitOf(row) };
}

function Card({ format, clock, incident, note, exit }) {
  const { t, span } = format;
  const outage = wholeSeconds(incident.outage + clock.aged);
  const { left, tone } = objective(outage, incident.rto);
  return html`
    <li class=${`incident level-${incident.level}`}>
      <p class="incident-head">
        <span class="level">${t(`level.${incident.level}`)}</span>
        <strong class="where"><bdi>${incident.service}</bdi> @ <bdi>${incident.host}</bdi></strong>
      </p>
      ${left !== null && html`<${Remaining} format=${format} incident=${incident} outage=${outage} tone=${tone} left=${left} />`}
      <p class="outage">
        ${t("incident.outage")} <strong role="timer">${span(outage)}</strong>${" "}
        ${incident.rto > 0 ? t("incident.of", { rto: span(incident.rto) }) : t("incident.noObjective")}
      </p>
      <${Reasons} format=${format} reasons=${incident.reasons} />
      ${note !== null && html`<${Healing} format=${format} clock=${clock} note=${note} />`}
      ${exit !== null && html`<${Exit} format=${format} exit=${exit} time=${format.time(exit.at, clock.now)} />`}
      <p class="fine">${facts(format, clock, incident)}</p>
    </li>
  `;
}

function Remaining({ format, incident, outage, tone, left }) {
  const { t, span } = format;
  return html`
    <div class=${`remaining tone-${URGENCY[tone]}`}>
      <p>
        <strong class="left">${t(left < 0 ? "incident.over" : "incident.left", { left: span(left) })}</strong>
        ${tone !== "early" &&
        html`<span class="warning"><${Mark} tone=${URGENCY[tone]} />${t(`incident.warning.${tone}`)}</span>`}
      </p>
      <${ObjectiveBar} format=${format} incident=${incident} outage=${outage} />
    </div>
  `;
}

function facts({ t, time }, clock, incident) {
  const good = incident.lastGood > 0 ? time(incident.lastGood, clock.now) : t("incident.neverGood");
  return [
    `${t("incident.lastGood")} ${good}`,
    `${t("incident.opened")} ${time(incident.opened, clock.now)}`,
    t("incident.number", incident),
  ].join(" · ");
}
