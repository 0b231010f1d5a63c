// The three answers at 3 a.m.: is trading alive, who is active, how long do I have.

/**
 * Whether trading is alive: every critical service answers somewhere.
 * @returns {{kind: "none"|"alive"|"degraded"|"down"|"unknown", names: string[], healing: boolean}}
 */
export function headline(status) {
  if (status.planHash === "" || status.services.length === 0) return answer("none", []);
  const critical = byName(status.services.filter((service) => service.critical));
  const down = critical.filter((group) => group.every((service) => service.verdict === "unhealthy"));
  if (down.length > 0) return answer("down", down);
  const unknown = critical.filter((group) => !group.some((s) => s.verdict === "healthy"));
  if (unknown.length > 0) return answer("unknown", unknown);
  const bad = byName(status.services.filter((service) => service.verdict !== "healthy"));
  return bad.length > 0 ? answer("degraded", bad) : answer("alive", []);
}

function answer(kind, groups) {
  return {
    kind,
    names: groups.map((group) => group[0].name),
    healing: groups.flat().some((service) => service.healing),
  };
}

function byName(services) {
  const groups = new Map();
  for (const service of services) {
    groups.set(service.name, [...(groups.get(service.name) ?? []), service]);
  }
  return [...groups.values()];
}

/** Each exclusive service, the hosts on which it is active, and those where that is not known. */
export function activeHosts(status) {
  return byName(status.services.filter((service) => service.exclusive)).map((group) => ({
    name: group[0].name,
    hosts: group.filter((service) => service.verdict === "healthy").map((service) => service.host),
    unknown: group.filter((service) => service.verdict === "unknown").map((service) => service.host),
  }));
}

/** The open incident whose objective ends first; null when none is open. */
export function mostUrgent(incidents) {
  const left = (incident) => (incident.rto > 0 ? incident.rto - incident.outage : Infinity);
  return incidents.reduce(
    (best, incident) => (best === null || left(incident) < left(best) ? incident : best),
    null,
  );
}
