import { el } from "../dom.js";
import { activeHosts, headline, mostUrgent } from "../logic/headline.js";
import { objective, wholeSeconds } from "../logic/clock.js";
import { bar, mark, pill } from "./marks.js";

const TONES = { none: "unknown", alive: "healthy", degraded: "degraded", down: "unhealthy", unknown: "unknown" };
const URGENCY = { none: "unhealthy", early: "degraded", half: "degraded", late: "unhealthy", over: "unhealthy" };

/** The three answers. */
export function summaryView(context, status) {
  return [aliveTile(context, status), activeTile(context, status), leftTile(context, status)];
}

function tile(key, tone, question, ...content) {
  return el(
    "article",
    { class: `tile tone-${tone}`, "data-key": key },
    el("h2", { class: "question" }, question),
    ...content,
  );
}

function aliveTile(context, status) {
  const { t, names, percent, live } = context;
  const answer = headline(status);
  const tone = live ? TONES[answer.kind] : "unknown";
  return tile(
    "alive",
    tone,
    t("headline.question"),
    live ? null : el("p", { class: "stale-note" }, t("headline.lost")),
    el("p", { class: "answer" }, mark(tone, "big"), el("strong", {}, t(`headline.${answer.kind}`))),
    el("p", { class: "detail" }, t(`headline.${answer.kind}.detail`, { names: names(answer.names) })),
    answer.healing ? el("p", { class: "detail" }, pill("healing", t("headline.healing"))) : null,
    status.health === null
      ? null
      : el(
          "div",
          { class: "health" },
          el("span", {}, t("health.label")),
          el("strong", {}, percent(status.health)),
          bar(status.health, tone, `${t("health.label")} ${percent(status.health)}`),
        ),
  );
}

function activeTile({ t, names, live }, status) {
  const services = activeHosts(status);
  return tile(
    "active",
    "plain",
    t("active.question"),
    services.length === 0 ? el("p", { class: "detail" }, t("active.none")) : null,
    el(
      "dl",
      { class: "active" },
      services.map((service) => {
        const tone = !live ? "unknown" : activeTone(service);
        const where =
          service.hosts.length > 0
            ? names(service.hosts)
            : t(service.unknown ? "active.unknown" : "active.nobody");
        return el(
          "div",
          { "data-key": service.name },
          el("dt", {}, service.name),
          el("dd", { class: `tone-${tone}` }, mark(tone), where),
        );
      }),
    ),
  );
}

/** Two hosts at once is the worst that can be. */
function activeTone(service) {
  if (service.hosts.length === 1) return "healthy";
  return service.hosts.length === 0 && service.unknown ? "unknown" : "unhealthy";
}

function leftTile(context, status) {
  const { t, span, aged } = context;
  const incident = mostUrgent(status.open);
  if (incident === null) {
    return tile(
      "left",
      "plain",
      t("left.question"),
      el("p", { class: "answer quiet" }, el("strong", {}, t("left.none"))),
      el("p", { class: "detail" }, t("left.none.detail")),
    );
  }
  const outage = wholeSeconds(incident.outage + aged);
  const { left, tone } = objective(outage, incident.rto);
  const parameters = { ...incident, rto: span(incident.rto) };
  const text = left === null ? "left.noObjective" : left < 0 ? "left.over" : "left.remaining";
  return tile(
    "left",
    URGENCY[tone],
    t("left.question"),
    el("p", { class: "answer clock" }, el("strong", { role: "timer" }, span(left ?? outage))),
    el("p", { class: "detail" }, t(text, parameters)),
  );
}
