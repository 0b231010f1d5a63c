import { el } from "../dom.js";
import { news } from "../logic/news.js";
import { mark } from "./marks.js";
import { reasonList } from "./reasons.js";

export function newsView(context, status) {
  const items = news(status);
  return [
    el("h2", {}, context.t("news.title")),
    items.length === 0
      ? el("p", { class: "empty" }, context.t("news.none"))
      : el("ol", { class: "news" }, items.map((item) => row(context, item))),
  ];
}

function row(context, item) {
  const { t, time } = context;
  return el(
    "li",
    { "data-key": item.key },
    el("time", { datetime: new Date(item.at).toISOString() }, time(item.at)),
    mark(item.tone),
    el("div", {}, el("p", {}, t(item.text, worded(context, item.parameters))), reasonList(context, item.reasons)),
  );
}

/** Codes become words and milliseconds become spans. */
function worded({ t, span }, parameters) {
  const spanOf = (millis) => (Number(millis) >= 0 ? span(Number(millis)) : "—");
  return {
    ...parameters,
    trigger: t(`trigger.${parameters.trigger}`),
    action: t(`action.${parameters.action}`),
    held: t(`held.${parameters.reason}`),
    outage: spanOf(parameters.outageMillis),
    retry: spanOf(parameters.retryInMillis),
    rto: Number(parameters.rtoMillis) > 0 ? span(Number(parameters.rtoMillis)) : t("page.none"),
  };
}
