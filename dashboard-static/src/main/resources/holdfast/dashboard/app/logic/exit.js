// How a service's process ended last, where that is why it is not healthy now.

/** Verdict and end are dated by what was heard at different times. */
const APART = 10_000;

const SIGNALS = { 1: "SIGHUP", 2: "SIGINT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 15: "SIGTERM" };

/** The exit that belongs to the verdict of the service; null: none does. */
export function exitOf(service) {
  const { exit } = service;
  return exit !== null && service.verdict === "unhealthy" && exit.at >= service.since - APART ? exit : null;
}

/** Text key and parameters. */
export function exitText(exit) {
  if (exit.signal > 0) return ["exit.signal", { signal: SIGNALS[exit.signal] ?? exit.signal }];
  return exit.code < 0 ? ["exit.unbegun", {}] : ["exit.code", { code: exit.code }];
}
