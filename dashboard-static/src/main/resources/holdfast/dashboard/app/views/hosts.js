import { el } from "../dom.js";
import { bar, mark, pill } from "./marks.js";
import { reasonList } from "./reasons.js";

const FULL = 0.9;

/** As the collector has it, in milliseconds. */
const SILENT_AFTER = 3_000;

export function hostsView(context, status) {
  const { t } = context;
  return [
    el("h2", {}, t("hosts.title")),
    status.hosts.length === 0 ? el("p", { class: "empty" }, t("hosts.none")) : null,
    el("div", { class: "hosts" }, status.hosts.map((host) => hostCard(context, status, host))),
  ];
}

function hostCard(context, status, host) {
  const { t } = context;
  const services = status.services.filter((service) => service.host === host.name);
  return el(
    "article",
    { class: "host", "data-key": host.name },
    el(
      "header",
      {},
      el("h3", {}, host.name, host.site ? el("span", { class: "site" }, host.site) : null),
      el("p", { class: "fine" }, host.address),
      link(context, host),
      el("p", { class: "fine plan" }, planNote(t, status, host)),
    ),
    host.sample ? meters(context, host.sample) : null,
    services.length === 0
      ? el("p", { class: "empty" }, t("host.noServices"))
      : el("ul", { class: "services" }, services.map((service) => serviceRow(context, service))),
  );
}

function link({ t, lasting, live, aged }, host) {
  if (!live) return pill("unknown", t("host.notKnown"));
  if (host.silentMillis < 0) return pill("unknown", t("host.never"));
  if (host.connected && host.silentMillis <= SILENT_AFTER) return pill("healthy", t("host.connected"));
  return pill("unknown", t("host.silent", { ago: lasting(host.silentMillis + aged) }));
}

function planNote(t, status, host) {
  if (host.planHash === "") return t("host.plan.none");
  return host.planHash === status.planHash
    ? t("host.plan.current")
    : t("host.plan.other", { hash: shortHash(host.planHash) });
}

export function shortHash(hash) {
  return hash.replace(/^sha256:/, "").slice(0, 12);
}

function meters({ t, percent }, sample) {
  const meter = (label, share) =>
    share === null
      ? null
      : el(
          "div",
          { class: "meter" },
          el("span", {}, label),
          bar(share, share > FULL ? "unhealthy" : "plain", `${label} ${percent(share)}`),
          el("span", { class: "value" }, percent(share)),
        );
  return el("div", { class: "meters" }, meter(t("host.cpu"), sample.cpu), meter(t("host.memory"), sample.memory));
}

function serviceRow(context, service) {
  const { t, time, live, now, lasting } = context;
  const tone = live ? service.verdict : "unknown";
  const verdict = t(`verdict.${service.verdict}`);
  return el(
    "li",
    { class: `service tone-${tone}`, "data-key": service.name },
    mark(tone),
    el(
      "div",
      { class: "service-body" },
      el(
        "p",
        { class: "service-head" },
        el("strong", {}, service.name),
        el("span", { class: "verdict" }, live ? verdict : t("verdict.was", { verdict })),
        service.healing ? pill("healing", t("service.healing")) : null,
      ),
      reasonList(context, service.reasons),
      el(
        "p",
        { class: "fine" },
        tags(t, service).join(" · "),
        service.since > 0
          ? ` · ${t("service.since", { time: time(service.since) })} (${lasting(now - service.since)})`
          : null,
        service.pid > 0 ? ` · ${t("service.pid", service)}` : null,
      ),
    ),
  );
}

function tags(t, service) {
  return [
    service.module,
    service.critical ? t("service.critical") : "",
    service.exclusive ? t("service.exclusive") : "",
  ].filter((tag) => tag !== "");
}
