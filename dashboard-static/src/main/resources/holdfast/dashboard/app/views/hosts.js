import { html } from "../html.js";
import { certificate } from "../logic/certificate.js";
import { exitOf } from "../logic/exit.js";
import { healingNote } from "../logic/healing.js";
import { isHeard } from "../logic/silence.js";
import { Load } from "./load.js";
import { Mark, Pill } from "./marks.js";
import { Service } from "./service.js";

export function Hosts({ format, clock, status, past }) {
  const { t } = format;
  const services = new Map(status.hosts.map((host) => [host.name, []]));
  for (const service of status.services) services.get(service.host)?.push(service);
  return html`
    <section id="hosts">
      <h2>${t("hosts.title")}</h2>
      ${status.hosts.length === 0 && html`<p class="empty">${t("hosts.none")}</p>`}
      <div class="hosts">
        ${status.hosts.map(
          (host) => html`
            <${Host}
              key=${host.key}
              format=${format}
              clock=${clock}
              status=${status}
              host=${host}
              services=${services.get(host.name)}
              past=${past}
            />
          `,
        )}
      </div>
    </section>
  `;
}

function Host({ format, clock, status, host, services, past }) {
  const { t } = format;
  const heard = clock.live && isHeard(host);
  return html`
    <article class="host">
      <header>
        <h3><bdi>${host.name}</bdi>${host.site && html`<span class="site"><bdi>${host.site}</bdi></span>`}</h3>
        <p class="fine address"><bdi>${host.address}</bdi></p>
        <${Link} format=${format} clock=${clock} host=${host} heard=${heard} />
        <p class="fine plan">${[planNote(t, status, host), quietCertificate(format, clock, host)].filter(Boolean).join(" · ")}</p>
        <${Trouble} format=${format} clock=${clock} host=${host} heard=${heard} />
      </header>
      <${Load} format=${format} host=${host.name} points=${past.loads.get(host.key)} fresh=${heard} />
      ${services.length === 0
        ? html`<p class="empty">${t("host.noServices")}</p>`
        : html`
            <ul class="services">
              ${services.map((service) => row(format, clock, status, past, service))}
            </ul>
          `}
    </article>
  `;
}

/** What moves with the clock is given as text, so that a row is rendered only when it reads otherwise. */
function row(format, clock, status, past, service) {
  const note = healingNote(status.events, service);
  const exit = exitOf(service);
  const since = service.since > 0 ? format.time(service.since, clock.now) : "";
  return html`
    <${Service}
      key=${service.key}
      format=${format}
      live=${clock.live}
      clock=${note === null ? null : clock}
      service=${service}
      beats=${past.beats.get(service.key)}
      note=${note}
      ended=${exit === null ? "" : format.time(exit.at, clock.now)}
      since=${since}
      lasting=${since && format.lasting(Math.max(0, clock.now - service.since))}
    />
  `;
}

function Link({ format, clock, host, heard }) {
  const { t, lasting } = format;
  if (!clock.live) return html`<${Pill} tone="unknown">${t("host.notKnown")}<//>`;
  if (host.silentMillis < 0) return html`<${Pill} tone="unknown">${t("host.never")}<//>`;
  if (heard) return html`<${Pill} tone="healthy">${t("host.connected")}<//>`;
  return html`<${Pill} tone="unknown">${t("host.silent", { ago: lasting(host.silentMillis + clock.aged) })}<//>`;
}

/** What nobody needs to do anything about stands in small print. */
function quietCertificate({ t, lasting }, clock, host) {
  const { kind, tone } = certificate(host, clock.now);
  if (tone !== null || kind === "none") return "";
  return t("host.certificate.good", { left: lasting(host.certificateEnds - clock.now) });
}

/** A host that is refused or soon will be, or that is not heard. */
function Trouble({ format, clock, host, heard }) {
  const { t, time, lasting } = format;
  const { kind, tone } = certificate(host, clock.now);
  if (tone === null) return clock.live && !heard && html`<${Note} tone="unknown" text=${t("host.silent.note")} />`;
  const text = t(`host.certificate.${kind}`, {
    host: host.name,
    left: lasting(host.certificateEnds - clock.now),
    time: time(kind === "revoked" ? host.certificateRevoked : host.certificateEnds, clock.now),
  });
  return html`<${Note} tone=${tone} text=${text} />`;
}

function Note({ tone, text }) {
  return html`<p class=${`note trouble tone-${tone}`}><${Mark} tone=${tone} /><span><bdi>${text}</bdi></span></p>`;
}

function planNote(t, status, host) {
  if (host.silentMillis < 0) return "";
  if (host.planHash === "") return t("host.plan.none");
  return host.planHash === status.planHash
    ? t("host.plan.current")
    : t("host.plan.other", { hash: shortHash(host.planHash) });
}

export function shortHash(hash) {
  return hash.replace(/^sha256:/, "").slice(0, 12);
}
