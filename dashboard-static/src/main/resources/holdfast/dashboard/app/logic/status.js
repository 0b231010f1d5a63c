// Reads the API's JSON (protobuf's: 64-bit numbers are strings) into plain values. Whatever is
// missing or odd becomes "unknown", never "healthy".

const VERDICTS = { VERDICT_HEALTHY: "healthy", VERDICT_UNHEALTHY: "unhealthy" };

const EVENTS = [
  "verdictChanged",
  "serviceExited",
  "healingStarted",
  "healingVerified",
  "healingFailed",
  "healingHeld",
  "eventsDropped",
];

export function readStatus(json) {
  return {
    system: json.system ?? "",
    locale: json.locale ?? "",
    timezone: json.timezone ?? "",
    planHash: json.planHash ?? "",
    health: typeof json.systemHealth === "number" ? json.systemHealth : null,
    wallMillis: number(json.wallMillis),
    collector: json.collector ?? "",
    ledgerIndex: number(json.ledgerIndex),
    hosts: (json.hosts ?? []).map(readHost),
    services: (json.services ?? []).map(readService),
    open: (json.openIncidents ?? []).map(readIncident),
    ended: (json.recentIncidents ?? []).map(readIncident),
    events: (json.recent ?? []).map(readEvent).filter((event) => event.kind !== null),
  };
}

export function readVerdict(name) {
  return VERDICTS[name] ?? "unknown";
}

function number(value) {
  const read = Number(value ?? 0);
  return Number.isFinite(read) ? read : 0;
}

function readHost(host) {
  return {
    name: host.name ?? "",
    site: host.site ?? "",
    address: host.address ?? "",
    connected: host.connected === true,
    silentMillis: number(host.silentMillis ?? -1),
    planHash: host.planHash ?? "",
    agentBuild: host.agentBuild ?? "",
    sample: host.sample ? readSample(host.sample) : null,
  };
}

function readSample(sample) {
  const total = number(sample.memoryTotalBytes);
  return {
    cpu: ratio(number(sample.cpuBusyRatio)),
    memory: total > 0 ? ratio(1 - number(sample.memoryAvailableBytes) / total) : null,
    memoryTotal: total,
  };
}

function ratio(value) {
  return Math.min(1, Math.max(0, value));
}

function readService(service) {
  return {
    name: service.name ?? "",
    host: service.host ?? "",
    module: service.module ?? "",
    critical: service.critical === true,
    exclusive: service.exclusive === true,
    verdict: readVerdict(service.verdict),
    reasons: (service.reasons ?? []).map(readReason),
    since: number(service.sinceWallMillis),
    pid: number(service.pid),
    healing: service.healing === true,
  };
}

function readReason(reason) {
  return { code: reason.code ?? "", check: reason.check ?? "", detail: reason.detail ?? "" };
}

function readIncident(incident) {
  return {
    id: incident.id ?? "",
    level: incident.level ?? "",
    service: incident.service ?? "",
    host: incident.host ?? "",
    lastGood: number(incident.lastGoodWallMillis),
    opened: number(incident.openedWallMillis),
    ended: number(incident.recoveredWallMillis),
    outage: number(incident.outageMillis),
    rto: number(incident.rtoMillis),
    reasons: (incident.reasons ?? []).map(readReason),
    abandoned: incident.abandoned === true,
  };
}

function readEvent(recorded) {
  const event = recorded.event ?? {};
  const kind = EVENTS.find((name) => event[name] !== undefined) ?? null;
  return {
    key: `${recorded.host}/${recorded.position}`,
    host: recorded.host ?? "",
    at: number(event.wallMillis),
    kind,
    data: kind === null ? {} : event[kind],
  };
}
