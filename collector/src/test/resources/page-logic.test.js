// Evaluated in the page by PageIT: the sentences that are not true, as JSON.
(async () => {
  const load = (path) => import(new URL(`app/${path}`, document.baseURI));
  const { headline, activeHosts, mostUrgent } = await load("logic/headline.js");
  const { span, coarse, objective, instants } = await load("logic/clock.js");
  const { connectionState, retryDelay } = await load("logic/connection.js");
  const { readStatus, readVerdict } = await load("logic/status.js");
  const { changes } = await load("logic/changes.js");
  const { certificate } = await load("logic/certificate.js");
  const { exitOf, exitText } = await load("logic/exit.js");
  const { silentHosts } = await load("logic/silence.js");
  const { healingNote } = await load("logic/healing.js");
  const { append, merge, EMPTY, BEATS } = await load("logic/past.js");
  const { columns, indexAt, counts, HEIGHT } = await load("logic/bar.js");
  const { series, extent } = await load("logic/load.js");
  const { reuse } = await load("logic/reuse.js");
  const { plain } = await load("logic/plain.js");
  const { formats } = await load("logic/formats.js");
  const { choose, translator } = await load("i18n/index.js");

  const service = (name, host, verdict, more = {}) => ({ name, host, verdict, critical: true, exclusive: false, healing: false, ...more });
  const of = (...services) => headline({ planHash: "x", services });
  const wrong = [];
  const is = (sentence, found, wanted) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) {
      wrong.push(`${sentence}: ${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`);
    }
  };

  is("no plan is no answer", headline({ planHash: "", services: [] }).kind, "none");
  is("all healthy is alive", of(service("a", "x", "healthy")).kind, "alive");
  is("one healthy host is enough", of(service("a", "x", "healthy"), service("a", "y", "unhealthy")).kind, "degraded");
  is("unhealthy everywhere is down", of(service("a", "x", "unhealthy"), service("a", "y", "unhealthy")).kind, "down");
  is("not known somewhere is not down", of(service("a", "x", "unhealthy"), service("a", "y", "unknown")).kind, "unknown");
  is("not known is never alive", of(service("a", "x", "unknown")).kind, "unknown");
  is("a slight service only impairs", of(service("a", "x", "healthy"), service("b", "x", "unhealthy", { critical: false })).kind, "degraded");
  is("down is worse than unknown", of(service("a", "x", "unknown"), service("b", "x", "unhealthy")).names, ["b"]);

  is("who is active", activeHosts({ services: [service("e", "x", "healthy", { exclusive: true }), service("e", "y", "healthy", { exclusive: true })] })[0].hosts, ["x", "y"]);
  is("the one with least time left is most urgent", mostUrgent([{ rto: 0, outage: 9 }, { rto: 100, outage: 10 }, { rto: 50, outage: 10 }]), { rto: 50, outage: 10 });
  is("without incident none is urgent", mostUrgent([]), null);

  is("span of minutes", span(61_999), "0:01:01");
  is("span of days", span(90_061_000), "1d 1:01:01");
  is("span below zero", span(-2_000), "0:00:02");
  is("coarse", coarse(125_000), { value: 2, unit: "minute" });
  is("early", objective(49, 100).tone, "early");
  is("half", objective(50, 100).tone, "half");
  is("late", objective(80, 100).tone, "late");
  is("over", objective(100, 100), { left: 0, share: 0, tone: "over" });
  is("what is left shrinks", objective(75, 100).share, 0.25);
  is("no objective", objective(100, 0).share, null);
  is("time in the plan's zone", instants("en", "Asia/Taipei")(0, 1_000), "08:00:00");
  is("another day has its date", instants("en", "Asia/Taipei")(0, 86_400_000), "1970-01-01 08:00:00");
  is("an unknown zone does no harm", typeof instants("en", "Mars/Base")(0, 0), "string");

  is("before the first data", connectionState(null, 0, false, 100), "connecting");
  is("no data for long", connectionState(null, 0, false, 4_000), "lost");
  is("fresh data", connectionState(1_000, 0, false, 2_000), "live");
  is("silence", connectionState(1_000, 0, false, 5_000), "lost");
  is("a broken stream", connectionState(1_000, 0, true, 1_100), "lost");
  is("the first retry comes soon", retryDelay(1, 1), 500);
  is("retries stay below two seconds", retryDelay(50, 1), 2_000);

  is("a new verdict is unknown", readVerdict("VERDICT_BRILLIANT"), "unknown");
  is("an empty answer is read", readStatus({}).services, []);
  is("64-bit numbers are strings", readStatus({ wallMillis: "1795362000000" }).wallMillis, 1_795_362_000_000);
  is("an event of a new kind is left out", readStatus({ recent: [{ event: { somethingNew: {} } }] }).events, []);
  is("changes of verdict alone are changes", readStatus({ recentChanges: [{ event: { healingHeld: {} } }, { event: { verdictChanged: {} } }] }).changes.length, 1);
  const incident = { id: "7", opened: 1, ended: 3 };
  is("changes are newest first", changes({ hosts: [], services: [], changes: [{ key: "v", at: 2, data: {} }], open: [], ended: [incident] }).map((item) => item.key), ["ended/7", "v", "opened/7"]);

  const happened = (kind, data = {}) => ({ host: "x", service: "a", at: 1_000, kind, data });
  const note = (...events) => healingNote(events, { name: "a", host: "x", verdict: "unhealthy" });
  is("healing that is held says so", note(happened("healingHeld"), happened("healingStarted")).text, "healing.held");
  is("healing that failed says when it goes on", note(happened("healingFailed", { retryInMillis: "500" })).next, 1_500);
  is("healing that failed for good says so", note(happened("healingFailed", { retryInMillis: "-1" })).text, "healing.exhausted");
  is("what was before the last good state is over", note(happened("verdictChanged", { to: "VERDICT_HEALTHY" }), happened("healingHeld")), null);
  is("another service's healing is its own", healingNote([happened("healingHeld")], { name: "b", host: "x", verdict: "unhealthy" }), null);
  is("a healthy service needs no note", healingNote([happened("healingHeld")], { name: "a", host: "x", verdict: "healthy" }), null);

  const ends = (certificateEnds, more = {}) => certificate({ certificateEnds, certificateLate: certificateEnds - 20, certificateRevoked: 0, ...more }, 100).kind;
  is("a certificate that holds for long is good", ends(150), "good");
  is("one that should have been renewed is ending", ends(110), "ending");
  is("one that is over is expired", ends(100), "expired");
  is("revoked is said before anything else", ends(90, { certificateRevoked: 5 }), "revoked");
  is("of a host without a known one nothing is said", ends(0), "none");

  const exit = { at: 20_000, code: 3, signal: 0, result: "exit-code", lines: [] };
  const ended = (verdict, since) => exitOf({ verdict, since, exit }) === exit;
  is("an end belongs to what began with it", ended("unhealthy", 21_000), true);
  is("an end of long ago does not", ended("unhealthy", 90_000), false);
  is("who is healthy again has no last words", ended("healthy", 20_000), false);
  is("an exit code is said", exitText(exit), ["exit.code", { code: 3 }]);
  is("a signal has its name", exitText({ ...exit, code: -1, signal: 9 }), ["exit.signal", { signal: "SIGKILL" }]);
  is("what never began did not end", exitText({ ...exit, code: -1 })[0], "exit.unbegun");

  const hostRow = (name, connected, silentMillis) => ({ key: name, name, connected, silentMillis });
  const quiet = { wallMillis: 9_000, services: [service("a", "x", "unknown"), service("a", "y", "healthy")], hosts: [hostRow("x", false, 5_000), hostRow("y", true, 100), hostRow("z", false, -1)], changes: [], open: [], ended: [] };
  is("silent are those that have something to do", silentHosts(quiet).map((one) => one.name), ["x"]);
  is("silence is a change", changes(quiet).map((item) => [item.text, item.at]), [["change.silent", 4_000]]);

  const beat = (at, verdict = "healthy") => ({ at, verdict, reasons: [], answer: null });
  const now = (newest) => ({ services: [{ key: "s" }], beats: new Map([["s", newest]]), hosts: [] });
  const past = (...ats) => ({ beats: new Map([["s", ats.map((at) => beat(at))]]), loads: new Map() });
  const ats = (one) => one.beats.get("s").map((item) => item.at);
  is("a new beat is the newest", ats(append(past(1, 2), now(beat(3)))), [1, 2, 3]);
  const before = past(1, 2);
  is("a beat that is known changes nothing", append(before, now(beat(2))).beats.get("s") === before.beats.get("s"), true);
  is("without beats nothing is lost", ats(append(past(1), { services: [{ key: "s" }], beats: new Map(), hosts: [] })), [1]);
  is("a clock that was set back does not stop the bar", ats(append(past(1, 8, 9), now(beat(4)))), [1, 4]);
  is("a service that is not planned is forgotten", append(past(1), { services: [], beats: new Map(), hosts: [] }).beats.size, 0);
  is("sixty beats are kept", ats(merge(EMPTY, past(...Array(99).keys()))).length, BEATS);
  is("a history of less than is known takes nothing away", ats(merge(past(1, 2), past(2, 3))), [1, 2, 3]);

  is("columns differ in height", [columns([beat(1)]).healthy, columns([beat(1, "unhealthy")]).unhealthy].map((path) => path.includes(`v${HEIGHT}`)), [false, true]);
  is("the newest beat is at the right", indexAt([beat(1), beat(2)], 0.999), 1);
  is("left of the oldest is the oldest", indexAt([beat(1), beat(2)], 0), 0);
  is("verdicts are counted", counts([beat(1), beat(2, "unknown")]), { healthy: 1, unhealthy: 0, unknown: 1 });
  is("a gap breaks the curve", series([{ at: 0, cpu: 1 }, { at: 60_000, cpu: 2 }], ["cpu"]), [[0, 1, 60], [1, null, 2]]);
  is("the extent leaves out what was not measured", extent([{ cpu: null }, { cpu: 0.5 }], "cpu"), { least: 0.5, most: 0.5 });
  is("what was never measured has no extent", extent([{ cpu: null }], "cpu"), null);
  const kept = { key: "a", x: [1] };
  is("what says the same stays the same", reuse([kept], [{ key: "a", x: [1] }])[0] === kept, true);
  is("what says something else does not", reuse([kept], [{ key: "a", x: [2] }])[0] === kept, false);
  is("text that steers text is written out", plain("a\u202eb\u0000"), "a⟨202E⟩b⟨0000⟩");
  const english = formats(translator(choose(["en"])), "UTC");
  is("many names are shortened", english.names(["a", "b", "c", "d", "e", "f", "g", "h"]), "a, b, c, d, e, f and 2 more");
  is("rates have their unit", english.rate(1_400_000), "1.4 MB/s");

  is("Chinese of any kind", choose(["zh-Hant-HK"]).tag, "zh-TW");
  is("an unknown language falls to the next", choose([null, "fr", "zh"]).tag, "zh-TW");
  is("English at last", choose(["fr"]).tag, "en");
  is("a key without text is still readable", translator(choose(["en"]))("reason.BRAND_NEW"), "BRAND_NEW");
  return JSON.stringify(wrong);
})()
