import { html, memo } from "../html.js";
import { exitOf } from "../logic/exit.js";
import { Exit } from "./exit.js";
import { Healing } from "./healing.js";
import { Heartbeat } from "./heartbeat.js";
import { Mark, Pill } from "./marks.js";
import { Reasons } from "./reasons.js";

/** One service on one host. */
export const Service = memo(function Service(shown) {
  const { format, live, clock, service, beats, note, ended, since, lasting } = shown;
  const { t } = format;
  const exit = exitOf(service);
  const tone = live ? service.verdict : "unknown";
  const verdict = t(`verdict.${service.verdict}`);
  return html`
    <li class=${`service tone-${tone}`} data-key=${service.name}>
      <${Mark} tone=${tone} />
      <div class="service-body">
        <p class="service-head">
          <strong><bdi>${service.name}</bdi></strong>
          <span class="verdict">${live ? verdict : t("verdict.was", { verdict })}</span>
          ${service.healing && html`<${Pill} tone="healing">${t("service.healing")}<//>`}
        </p>
        <${Reasons} format=${format} reasons=${service.reasons} />
        ${note !== null && html`<${Healing} format=${format} clock=${clock} note=${note} />`}
        ${exit !== null && html`<${Exit} format=${format} exit=${exit} time=${ended} />`}
        <${Heartbeat} format=${format} name=${service.name} beats=${beats} />
        <p class="fine">${facts(t, service, since, lasting).join(" · ")}</p>
      </div>
    </li>
  `;
});

function facts(t, service, since, lasting) {
  return [
    service.module,
    service.critical ? t("service.critical") : "",
    service.exclusive ? t("service.exclusive") : "",
    since && `${t("service.since", { time: since })} (${lasting})`,
    service.pid > 0 ? t("service.pid", service) : "",
  ].filter((fact) => fact !== "");
}
