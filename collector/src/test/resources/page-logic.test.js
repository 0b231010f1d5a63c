// Evaluated in the page by PageIT: the sentences that are not true, as JSON.
(async () => {
  const load = (path) => import(new URL(`app/${path}`, document.baseURI));
  const { headline, activeHosts, mostUrgent } = await load("logic/headline.js");
  const { span, coarse, objective, instant } = await load("logic/clock.js");
  const { connectionState, retryDelay } = await load("logic/connection.js");
  const { readStatus, readVerdict } = await load("logic/status.js");
  const { news } = await load("logic/news.js");
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
  is("half", objective(50, 100).tone, "half");
  is("late", objective(80, 100).tone, "late");
  is("over", objective(100, 100), { share: 1, left: 0, tone: "over" });
  is("no objective", objective(100, 0).share, null);
  is("time in the plan's zone", instant(0, 1_000, "en", "Asia/Taipei"), "08:00:00");
  is("another day has its date", instant(0, 86_400_000, "en", "Asia/Taipei"), "1970-01-01 08:00:00");
  is("an unknown zone does no harm", typeof instant(0, 0, "en", "Mars/Base"), "string");

  is("before the first data", connectionState(null, 0, false, 100), "connecting");
  is("no data for long", connectionState(null, 0, false, 4_000), "lost");
  is("fresh data", connectionState(1_000, 0, false, 2_000), "live");
  is("silence", connectionState(1_000, 0, false, 5_000), "lost");
  is("a broken stream", connectionState(1_000, 0, true, 1_100), "lost");
  is("the first retry comes soon", retryDelay(1, 1), 500);
  is("retries stay below five seconds", retryDelay(50, 1), 5_000);

  is("a new verdict is unknown", readVerdict("VERDICT_BRILLIANT"), "unknown");
  is("an empty answer is read", readStatus({}).services, []);
  is("64-bit numbers are strings", readStatus({ wallMillis: "1795362000000" }).wallMillis, 1_795_362_000_000);
  is("an event of a new kind is left out", readStatus({ recent: [{ event: { somethingNew: {} } }] }).events, []);
  is("news are newest first", news({ events: [{ key: "1", at: 1, kind: "healingHeld", data: {}, host: "x" }], ended: [{ id: "7", ended: 2 }] }).map((item) => item.key), ["incident/7", "1"]);

  is("Chinese of any kind", choose(["zh-Hant-HK"]).tag, "zh-TW");
  is("an unknown language falls to the next", choose([null, "fr", "zh"]).tag, "zh-TW");
  is("English at last", choose(["fr"]).tag, "en");
  is("a key without text is still readable", translator(choose(["en"]))("reason.BRAND_NEW"), "BRAND_NEW");
  return JSON.stringify(wrong);
})()
