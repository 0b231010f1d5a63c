// Hosts of which nothing is heard.

/** As the collector has it, in milliseconds. */
const SILENT_AFTER = 3_000;

export function isHeard(host) {
  return host.connected && host.silentMillis >= 0 && host.silentMillis <= SILENT_AFTER;
}

/** Those that the plan gives something to do and that are not heard. */
export function silentHosts(status) {
  const used = new Set(status.services.map((service) => service.host));
  return status.hosts.filter((host) => used.has(host.name) && !isHeard(host));
}
