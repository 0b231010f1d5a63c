import { el } from "../dom.js";
import { objective, wholeSeconds } from "../logic/clock.js";
import { bar } from "./marks.js";
import { reasonList } from "./reasons.js";

const BAR_TONES = { early: "degraded", half: "degraded", late: "unhealthy", over: "unhealthy", none: "unknown" };
const WARNINGS = [0.5, 0.8];

export function incidentsView(context, status) {
  const { t } = context;
  return [
    el("h2", {}, t("incidents.title")),
    status.open.length === 0
      ? el("p", { class: "empty" }, t("incidents.none"))
      : el("ul", { class: "incidents" }, status.open.map((incident) => card(context, incident))),
  ];
}

function card(context, incident) {
  const { t, span, time, aged } = context;
  const outage = wholeSeconds(incident.outage + aged);
  const known = objective(outage, incident.rto);
  return el(
    "li",
    { class: `incident level-${incident.level}`, "data-key": incident.id },
    el(
      "p",
      { class: "incident-head" },
      el("span", { class: "level" }, t(`level.${incident.level}`)),
      el("strong", { class: "where" }, `${incident.service} @ ${incident.host}`),
    ),
    el(
      "p",
      { class: "incident-clock" },
      el("span", {}, t("incident.outage")),
      el("strong", { role: "timer" }, span(outage)),
      el("span", {}, incident.rto > 0 ? t("incident.of", { rto: span(incident.rto) }) : t("incident.noObjective")),
    ),
    known.share === null
      ? null
      : bar(known.share, BAR_TONES[known.tone], `${Math.round(known.share * 100)} %`, WARNINGS),
    known.left === null
      ? null
      : el("p", { class: `left tone-${BAR_TONES[known.tone]}` }, t(known.left < 0 ? "incident.over" : "incident.left", { left: span(known.left) })),
    reasonList(context, incident.reasons),
    el(
      "p",
      { class: "fine" },
      t("incident.lastGood"),
      " ",
      incident.lastGood > 0 ? time(incident.lastGood) : t("incident.neverGood"),
      " · ",
      t("incident.opened"),
      " ",
      time(incident.opened),
      " · ",
      t("incident.number", incident),
    ),
  );
}
