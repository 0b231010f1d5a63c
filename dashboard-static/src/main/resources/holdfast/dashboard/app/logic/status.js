// Reads the API's JSON (protobuf's: 64-bit numbers are strings) into plain values. Whatever is
// missing or odd becomes "unknown", never "healthy".

import { plain } from "./plain.js";

const VERDICTS = { VERDICT_HEALTHY: "healthy", VERDICT_UNHEALTHY: "unhealthy" };

const EVENTS = [
  "verdictChanged",
  "serviceExited",
  "healingStarted",
  "healingVerified",
  "healingFailed",
  "healingHeld",
];

export function readStatus(json) {
  const services = json.services ?? [];
  return {
    system: plain(json.system),
    locale: json.locale ?? "",
    timezone: plain(json.timezone),
    planHash: plain(json.planHash),
    health: optional(json.systemHealth),
    wallMillis: number(json.wallMillis),
    collector: plain(json.collector),
    ledgerIndex: number(json.ledgerIndex),
    hosts: (json.hosts ?? []).map(readHost),
    services: services.map(readService),
    /** Newest beat by the key of its service. */
    beats: new Map(services.filter((one) => one.beat).map((one) => [serviceKey(one.host, one.name), readBeat(one.beat)])),
    open: (json.openIncidents ?? []).map(readIncident),
    ended: (json.recentIncidents ?? []).map(readIncident),
    events: readEvents(json.recent),
    changes: readEvents(json.recentChanges).filter((event) => event.kind === "verdictChanged"),
  };
}

/** {beats, loads}: lists by the key of their service or host, as `past.js` remembers them. */
export function readHistory(json) {
  return {
    beats: new Map((json.services ?? []).map((one) => [serviceKey(one.host, one.service), (one.beats ?? []).map(readBeat)])),
    loads: new Map((json.hosts ?? []).map((one) => [plain(one.host), (one.load ?? []).map(readLoad)])),
  };
}

export function readVerdict(name) {
  return VERDICTS[name] ?? "unknown";
}

/** No name has a line break: it would have been made visible. */
function serviceKey(host, service) {
  return `${plain(host)}\n${plain(service)}`;
}

function number(value) {
  const read = Number(value ?? 0);
  return Number.isFinite(read) ? read : 0;
}

/** A number that may be absent; then null. */
function optional(value) {
  return value === undefined || value === null || !Number.isFinite(Number(value)) ? null : Number(value);
}

function readHost(host) {
  return {
    key: plain(host.name),
    name: plain(host.name),
    site: plain(host.site),
    address: plain(host.address),
    connected: host.connected === true,
    silentMillis: number(host.silentMillis ?? -1),
    planHash: plain(host.planHash),
    certificateEnds: number(host.certificateEndsWallMillis),
    certificateLate: number(host.certificateLateWallMillis),
    certificateRevoked: number(host.certificateRevokedWallMillis),
    load: host.load ? readLoad(host.load) : null,
  };
}

function readLoad(point) {
  return {
    at: number(point.wallMillis),
    cpu: optional(point.cpuBusyRatio),
    memory: optional(point.memoryUsedRatio),
    diskUsed: optional(point.diskUsedRatio),
    diskBusy: optional(point.diskBusyRatio),
    network: optional(point.networkBytesPerSecond),
  };
}

function readService(service) {
  return {
    key: serviceKey(service.host, service.name),
    name: plain(service.name),
    host: plain(service.host),
    module: plain(service.module),
    critical: service.critical === true,
    exclusive: service.exclusive === true,
    verdict: readVerdict(service.verdict),
    reasons: (service.reasons ?? []).map(readReason),
    since: number(service.sinceWallMillis),
    pid: number(service.pid),
    healing: service.healing === true,
    exit: service.lastExit?.exited ? readExit(service.lastExit) : null,
  };
}

function readExit({ wallMillis, exited }) {
  return {
    at: number(wallMillis),
    code: number(exited.exitCode),
    signal: number(exited.signal),
    result: plain(exited.result),
    lines: (exited.lastLines ?? []).map(plain),
  };
}

function readBeat(beat) {
  return {
    at: number(beat.wallMillis),
    verdict: readVerdict(beat.verdict),
    reasons: (beat.reasons ?? []).map(readReason),
    answer: optional(beat.answerMillis),
  };
}

function readReason(reason) {
  return { code: plain(reason.code), check: plain(reason.check), detail: plain(reason.detail) };
}

function readIncident(incident) {
  return {
    id: plain(incident.id),
    level: plain(incident.level),
    service: plain(incident.service),
    host: plain(incident.host),
    lastGood: number(incident.lastGoodWallMillis),
    opened: number(incident.openedWallMillis),
    ended: number(incident.recoveredWallMillis),
    outage: number(incident.outageMillis),
    rto: number(incident.rtoMillis),
    reasons: (incident.reasons ?? []).map(readReason),
    abandoned: incident.abandoned === true,
  };
}

/** Those of a kind that this page knows. */
function readEvents(list) {
  return (list ?? []).map(readEvent).filter((event) => event.kind !== null);
}

function readEvent(recorded) {
  const event = recorded.event ?? {};
  const kind = EVENTS.find((name) => event[name] !== undefined) ?? null;
  const data = kind === null ? {} : event[kind];
  return {
    key: `${plain(recorded.host)}/${recorded.position}`,
    host: plain(recorded.host),
    service: plain(data.service),
    at: number(event.wallMillis),
    kind,
    data,
    reasons: (data.reasons ?? []).map(readReason),
  };
}
