// Changes of state: verdicts, incidents and hosts that are silent, merged into one list, each as {key, at, tone, text key,
// parameters, reasons}. The steps of healing do not belong here.

import { silentHosts } from "./silence.js";

const SHOWN = 40;
const TO = { VERDICT_HEALTHY: "healthy", VERDICT_UNHEALTHY: "unhealthy" };

export function changes(status) {
  const opened = [...status.open, ...status.ended].map(incidentOpened);
  const silent = silentHosts(status).filter((host) => host.silentMillis >= 0);
  const items = [
    ...silent.map((host) => fellSilent(status, host)),
    ...status.changes.map(verdictChanged),
    ...opened,
    ...status.ended.map(incidentEnded),
  ];
  return items.sort((a, b) => b.at - a.at).slice(0, SHOWN);
}

/** No event of the ledger, for who is silent cannot tell it; it is gone when the host is back. */
function fellSilent(status, host) {
  return {
    key: `silent/${host.key}`,
    at: status.wallMillis - host.silentMillis,
    tone: "unknown",
    text: "change.silent",
    parameters: { host: host.name },
    reasons: [],
  };
}

function verdictChanged(event) {
  const verdict = TO[event.data.to] ?? "unknown";
  return {
    key: event.key,
    at: event.at,
    tone: verdict,
    text: `change.became.${verdict}`,
    parameters: { service: event.service, host: event.host },
    reasons: event.reasons,
  };
}

function incidentOpened(incident) {
  return {
    key: `opened/${incident.id}`,
    at: incident.opened,
    tone: "degraded",
    text: "change.incidentOpened",
    parameters: incident,
    reasons: [],
  };
}

function incidentEnded(incident) {
  return {
    key: `ended/${incident.id}`,
    at: incident.ended,
    tone: incident.abandoned ? "unknown" : "healthy",
    text: incident.abandoned ? "change.incidentAbandoned" : "change.incidentRecovered",
    parameters: incident,
    reasons: [],
  };
}
