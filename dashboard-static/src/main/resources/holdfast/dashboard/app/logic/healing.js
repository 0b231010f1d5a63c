// Why a service that is unhealthy is still so: the last thing that healing did or did not do for it.

/**
 * What healing last said of a service since it became unhealthy, as {tone, text key, event, next}:
 * `next` is the instant of the next attempt, null when none is known. Null when it said nothing.
 */
export function healingNote(events, service) {
  if (service.verdict !== "unhealthy") return null;
  for (const event of events) {
    if (event.host !== service.host || event.service !== service.name) continue;
    switch (event.kind) {
      case "healingStarted":
        return { tone: "healing", text: "healing.started", event, next: null };
      case "healingFailed":
        return failed(event);
      case "healingHeld":
        return { tone: "degraded", text: "healing.held", event, next: null };
      case "healingVerified":
        return null;
      case "verdictChanged":
        if (event.data.to !== "VERDICT_UNHEALTHY") return null;
        break;
      default:
    }
  }
  return null;
}

function failed(event) {
  const wait = Number(event.data.retryInMillis ?? 0);
  return wait < 0
    ? { tone: "unhealthy", text: "healing.exhausted", event, next: null }
    : { tone: "degraded", text: "healing.failed", event, next: event.at + wait };
}
