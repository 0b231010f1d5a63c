// Joins the stream, the chosen language and the views. State is three values; everything shown is
// computed from them and the clock.

import { el, update } from "./dom.js";
import { choose, translator } from "./i18n/index.js";
import { headline } from "./logic/headline.js";
import { readStatus } from "./logic/status.js";
import { StatusStream } from "./stream.js";
import { viewContext } from "./views/context.js";
import { connectionView, footView, languagesView, lostView } from "./views/frame.js";
import { hostsView } from "./views/hosts.js";
import { incidentsView } from "./views/incidents.js";
import { newsView } from "./views/news.js";
import { summaryView } from "./views/summary.js";

const REMEMBERED = "holdfast.language";
const at = (id) => document.getElementById(id);

let status = null;
let receivedAt = 0;
let t = translator(choose([remembered(), ...navigator.languages]));

const stream = new StatusStream("api/v1/stream", (json) => {
  status = readStatus(json);
  receivedAt = performance.now();
  if (remembered() === null && status.locale !== "") t = translator(choose([status.locale]));
  show();
});

at("languages").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button === null) return;
  remember(button.dataset.key);
  t = translator(choose([button.dataset.key]));
  show();
});

setInterval(show, 1_000);
show();

function show() {
  const now = performance.now();
  const state = stream.state(now);
  const context = status === null ? null : viewContext(t, status, now - receivedAt, state === "live");
  document.documentElement.lang = t.language.html;
  document.body.dataset.connection = state;
  at("languages").setAttribute("aria-label", t("page.language"));
  update(at("languages"), languagesView(t));
  update(at("connection"), connectionView(t, state));
  showLost(state, context);
  if (context !== null) showStatus(context);
}

/** The warning is put in once, so that it is read out once; its clock then runs silently. */
function showLost(state, context) {
  update(at("lost"), state === "lost" ? lostView(t, context) : []);
}

function showStatus(context) {
  update(at("system"), status.system);
  update(at("summary"), summaryView(context, status));
  update(at("incidents"), incidentsView(context, status));
  update(at("hosts"), hostsView(context, status));
  update(at("news"), newsView(context, status));
  update(at("foot"), footView(t, status));
  announce(context);
}

/** The title and the announcement change only when the answer does. */
function announce(context) {
  const answer = context.live ? t(`headline.${headline(status).kind}`) : t("connection.lost");
  const text = `${answer}. ${t("announce.level", { count: status.open.length })}`;
  const title = [answer, status.system, "Holdfast"].filter((part) => part !== "").join(" · ");
  if (document.title !== title) document.title = title;
  update(at("announcer"), el("span", {}, text));
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(tag) {
  try {
    localStorage.setItem(REMEMBERED, tag);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
