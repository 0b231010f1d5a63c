// How a host's certificate is, and how loud to be about it.

/** {kind: "none"|"good"|"ending"|"expired"|"revoked", tone}: a null tone is said in passing. */
export function certificate(host, now) {
  if (host.certificateRevoked > 0) return { kind: "revoked", tone: "unhealthy" };
  if (host.certificateEnds === 0) return { kind: "none", tone: null };
  if (host.certificateEnds <= now) return { kind: "expired", tone: "unhealthy" };
  return host.certificateLate <= now ? { kind: "ending", tone: "degraded" } : { kind: "good", tone: null };
}
