// Joins the stream, the history, the chosen language and the views. What is shown is computed from
// the last status, what is remembered of the past, and the clock.

import { render } from "preact";
import { html } from "./html.js";
import { choose, translator } from "./i18n/index.js";
import { formats } from "./logic/formats.js";
import { append, EMPTY, merge } from "./logic/past.js";
import { reuse } from "./logic/reuse.js";
import { readHistory, readStatus } from "./logic/status.js";
import { StatusStream } from "./stream.js";
import { App, titleOf } from "./views/app.js";

const REMEMBERED = "holdfast.language";
const page = document.getElementById("page");

let status = null;
let past = EMPTY;
let receivedAt = 0;
let format = formats(translator(choose([remembered(), ...navigator.languages])), "");

const stream = new StatusStream("api/v1/stream", { onConnected: readPast, onData: receive });

setInterval(show, 1_000);
show();

function receive(json) {
  const fresh = readStatus(json);
  fresh.services = reuse(status?.services ?? [], fresh.services);
  past = append(past, fresh);
  status = fresh;
  receivedAt = performance.now();
  if (remembered() === null && status.locale !== "") speak(choose([status.locale]));
  else speak(format.t.language);
  show();
}

/** What this collector knows of the past is added to what the page remembers. */
async function readPast() {
  try {
    const answer = await fetch("api/v1/history");
    if (!answer.ok) return;
    past = merge(past, readHistory(await answer.json()));
    show();
  } catch {
    // The next connection asks again; until then the present fills the bars.
  }
}

function speak(language) {
  const timezone = status?.timezone ?? "";
  if (format.t.language !== language || format.timezone !== timezone) {
    format = formats(translator(language), timezone);
  }
}

function select(language) {
  remember(language.tag);
  speak(language);
  show();
}

function show() {
  const now = performance.now();
  const connection = stream.state(now);
  const clock = {
    live: connection === "live",
    aged: now - receivedAt,
    now: (status?.wallMillis ?? 0) + now - receivedAt,
  };
  document.documentElement.lang = format.t.language.html;
  document.body.dataset.connection = connection;
  render(
    html`<${App} format=${format} connection=${connection} clock=${clock} status=${status} past=${past} onLanguage=${select} />`,
    page,
  );
  const title = titleOf(format, clock, status);
  if (document.title !== title) document.title = title;
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
