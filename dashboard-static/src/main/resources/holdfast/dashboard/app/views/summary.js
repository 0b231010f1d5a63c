import { html } from "../html.js";
import { objective, wholeSeconds } from "../logic/clock.js";
import { activeHosts, headline, mostUrgent } from "../logic/headline.js";
import { silentHosts } from "../logic/silence.js";
import { Mark, Meter, Pill } from "./marks.js";

const TONES = { none: "unknown", alive: "healthy", degraded: "degraded", down: "unhealthy", unknown: "unknown" };
export const URGENCY = { none: "unhealthy", early: "healing", half: "degraded", late: "unhealthy", over: "unhealthy" };

/** The three answers. */
export function Summary(shown) {
  return html`
    <section id="summary" class="summary">
      <${Alive} ...${shown} /><${Active} ...${shown} /><${Left} ...${shown} />
    </section>
  `;
}

function Tile({ tone, question, children }) {
  return html`
    <article class=${`tile tone-${tone}`}>
      <h2 class="question">${question}</h2>
      ${children}
    </article>
  `;
}

function Alive({ format, clock, status }) {
  const { t, names, percent } = format;
  const answer = headline(status);
  const tone = clock.live ? TONES[answer.kind] : "unknown";
  return html`
    <${Tile} tone=${tone} question=${t("headline.question")}>
      ${!clock.live && html`<p class="stale-note">${t("headline.lost")}</p>`}
      <p class="answer"><${Mark} tone=${tone} size="big" /><strong>${t(`headline.${answer.kind}`)}</strong></p>
      <p class="detail"><bdi>${t(`headline.${answer.kind}.detail`, { names: names(answer.names) })}</bdi></p>
      <${Silent} ...${{ format, clock, status }} />
      ${answer.healing && html`<p class="detail"><${Pill} tone="healing">${t("headline.healing")}<//></p>`}
      ${status.health !== null &&
      html`
        <div class="health">
          <span>${t("health.label")}</span>
          <strong>${percent(status.health)}</strong>
          <${Meter} share=${status.health} tone=${tone} label=${t("health.label")} text=${percent(status.health)} />
        </div>
      `}
    <//>
  `;
}

/** What is not known has this reason, most often. */
function Silent({ format, clock, status }) {
  const silent = silentHosts(status).map((host) => host.name);
  if (!clock.live || silent.length === 0) return null;
  const text = format.t("headline.silent", { names: format.names(silent) });
  return html`<p class="detail"><${Pill} tone="unknown"><bdi>${text}</bdi><//></p>`;
}

function Active({ format, clock, status }) {
  const { t, names } = format;
  const services = activeHosts(status);
  return html`
    <${Tile} tone="plain" question=${t("active.question")}>
      ${services.length === 0
        ? html`<p class="detail">${t("active.none")}</p>`
        : html`
            <dl class="active">
              ${services.map((service) => {
                const tone = clock.live ? activeTone(service) : "unknown";
                const nobody = t(service.unknown.length > 0 ? "active.unknown" : "active.nobody", {
                  names: names(service.unknown),
                });
                return html`
                  <div key=${service.name}>
                    <dt><bdi>${service.name}</bdi></dt>
                    <dd class=${`tone-${tone}`}>
                      <${Mark} tone=${tone} /><bdi>${service.hosts.length > 0 ? names(service.hosts) : nobody}</bdi>
                    </dd>
                  </div>
                `;
              })}
            </dl>
          `}
    <//>
  `;
}

/** Two hosts at once is the worst that can be. */
function activeTone(service) {
  if (service.hosts.length === 1) return "healthy";
  return service.hosts.length === 0 && service.unknown.length > 0 ? "unknown" : "unhealthy";
}

function Left({ format, clock, status }) {
  const { t, span } = format;
  const incident = mostUrgent(status.open);
  if (incident === null) return html`<${NoIncident} format=${format} status=${status} />`;
  const outage = wholeSeconds(incident.outage + clock.aged);
  const { left, share, tone } = objective(outage, incident.rto);
  const text = left === null ? "left.noObjective" : left < 0 ? "left.over" : "left.remaining";
  return html`
    <${Tile} tone=${URGENCY[tone]} question=${t("left.question")}>
      <p class="answer clock"><strong role="timer">${span(left ?? outage)}</strong></p>
      ${share !== null && html`<${ObjectiveBar} format=${format} incident=${incident} outage=${outage} />`}
      <p class="detail"><bdi>${t(text, { ...incident, rto: span(incident.rto) })}</bdi></p>
    <//>
  `;
}

/** Silence is no incident, and no reason to rest either. */
function NoIncident({ format, status }) {
  const { t, names } = format;
  const silent = silentHosts(status).map((host) => host.name);
  const quiet = silent.length === 0;
  const text = anyDown(status) ? "left.none.yet" : quiet ? "left.none.detail" : "left.none.silent";
  return html`
    <${Tile} tone=${quiet ? "plain" : "unknown"} question=${t("left.question")}>
      <p class="answer quiet"><strong>${t("left.none")}</strong></p>
      <p class="detail"><bdi>${t(text, { names: names(silent) })}</bdi></p>
    <//>
  `;
}

function anyDown(status) {
  return status.services.some((service) => service.verdict === "unhealthy");
}

/** What is left of the objective: full at the last known good instant, empty when it is missed. */
export function ObjectiveBar({ format, incident, outage }) {
  const { left, share, tone } = objective(outage, incident.rto);
  const text = format.t(left < 0 ? "incident.over" : "incident.left", { left: format.span(left) });
  return html`
    <${Meter} share=${share} tone=${URGENCY[tone]} label=${format.t("incident.bar", incident)} text=${text} lines=${[0.2, 0.5]} />
  `;
}
