// What stands around the content: name, connection, languages, the warning when data is old, the foot.

import { el } from "../dom.js";
import { LANGUAGES } from "../i18n/index.js";
import { shortHash } from "./hosts.js";
import { mark } from "./marks.js";

const TONES = { live: "healthy", lost: "unhealthy", connecting: "unknown" };

export function connectionView(t, state) {
  return [mark(TONES[state]), t(`connection.${state}`)];
}

export function lostView(t, context) {
  const text = context
    ? t("lost.withData", { time: context.time(context.now - context.aged), ago: context.ago(context.aged) })
    : t("lost.noData");
  return el("p", { class: "lost" }, mark("unhealthy"), el("span", {}, text));
}

export function languagesView(t) {
  return LANGUAGES.map((language) =>
    el(
      "button",
      {
        type: "button",
        lang: language.html,
        "data-key": language.tag,
        "aria-pressed": String(language === t.language),
      },
      language.label,
    ),
  );
}

export function footView(t, status) {
  const item = (name, value) => el("div", { "data-key": name }, el("dt", {}, t(`foot.${name}`)), el("dd", {}, value));
  return el(
    "dl",
    {},
    item("collector", status.collector || t("page.none")),
    item("plan", status.planHash ? shortHash(status.planHash) : t("page.none")),
    item("ledger", String(status.ledgerIndex)),
    item("zone", status.timezone || Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
}
