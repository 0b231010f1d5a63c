// Events and ended incidents, merged into one list, each as {key, at, tone, text key, parameters}.

const NEWS_SHOWN = 20;

export function news(status) {
  const items = [...status.events.map(eventNews), ...status.ended.map(incidentNews)];
  return items.sort((a, b) => b.at - a.at).slice(0, NEWS_SHOWN);
}

function incidentNews(incident) {
  return {
    key: `incident/${incident.id}`,
    at: incident.ended,
    tone: incident.abandoned ? "unknown" : "healthy",
    text: incident.abandoned ? "news.incidentAbandoned" : "news.incidentRecovered",
    parameters: { ...incident, outageMillis: incident.outage, rtoMillis: incident.rto },
    reasons: [],
  };
}

const TONES = {
  serviceExited: "unhealthy",
  healingStarted: "healing",
  healingVerified: "healthy",
  healingFailed: "unhealthy",
  healingHeld: "degraded",
  eventsDropped: "degraded",
};

const TO = { VERDICT_HEALTHY: "healthy", VERDICT_UNHEALTHY: "unhealthy" };

function eventNews(event) {
  const data = event.data;
  const base = {
    key: event.key,
    at: event.at,
    tone: TONES[event.kind] ?? "unknown",
    text: `news.${event.kind}`,
    parameters: { ...data, host: event.host },
    reasons: data.reasons ?? [],
  };
  switch (event.kind) {
    case "verdictChanged":
      return { ...base, tone: TO[data.to] ?? "unknown", text: `news.became.${TO[data.to] ?? "unknown"}` };
    case "serviceExited":
      return data.signal ? { ...base, text: "news.killed" } : base;
    case "healingFailed":
      return Number(data.retryInMillis) < 0 ? { ...base, text: "news.healingGaveUp" } : base;
    default:
      return base;
  }
}
