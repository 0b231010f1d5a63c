package io.holdfast.agent.metrics;

import io.holdfast.core.agent.ServiceView;
import io.holdfast.core.health.Verdict;
import io.holdfast.metrics.Catalog;
import io.holdfast.metrics.CertificateFile;
import io.holdfast.metrics.ProcessFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What the agent shows; {@code docs/metrics.md} says the same. */
public final class AgentCatalog {
  /** Gauge of what a bound left out. */
  public static final String LEFT_OUT = "holdfast_agent_series_left_out";

  private AgentCatalog() {}

  /**
   * All figures.
   *
   * @param build version of the agent
   * @param certificates where they are by what they are for, read anew each time
   */
  public static Catalog<AgentReading> of(String build, Supplier<Map<String, Path>> certificates) {
    Catalog<AgentReading> catalog = new Catalog<>();
    process(catalog, build, certificates);
    link(catalog);
    services(catalog);
    HostFigures.addTo(catalog);
    return catalog;
  }

  private static void process(
      Catalog<AgentReading> catalog, String build, Supplier<Map<String, Path>> certificates) {
    catalog
        .info("holdfast_agent_build_info", "Version of the agent.", "version", build)
        .counter(
            "holdfast_agent_cpu_seconds_total",
            "CPU time that the agent took.",
            agent -> ProcessFigures.cpuSeconds())
        .gauge(
            "holdfast_agent_resident_memory_bytes",
            "Memory of the agent that is in RAM.",
            agent -> ProcessFigures.residentBytes())
        .gauge(
            "holdfast_agent_loop_lag_seconds",
            "How late the agent's event loop was at worst in the last minute.",
            AgentReading::lagSeconds)
        .gauges(
            "holdfast_certificate_expiry_timestamp_seconds",
            "When the certificate on disk expires: own, ca.",
            List.of("certificate"),
            (agent, rows) ->
                certificates
                    .get()
                    .forEach((what, file) -> rows.add(CertificateFile.expirySeconds(file), what)))
        .counter(
            "holdfast_agent_certificate_renewals_total",
            "Renewals of the host's certificate.",
            agent -> agent.counts().renewals())
        .counter(
            "holdfast_agent_certificate_renewal_failures_total",
            "Tries to renew the host's certificate that came to nothing.",
            agent -> agent.counts().renewalsFailed());
  }

  private static void link(Catalog<AgentReading> catalog) {
    catalog
        .gauge(
            "holdfast_agent_link_connected",
            "Whether a collector has this agent's stream: 1 or 0.",
            agent -> agent.counts().linked() ? 1 : 0)
        .counter(
            "holdfast_agent_link_opened_total",
            "Streams to collectors that were opened.",
            agent -> agent.counts().linksOpened())
        .counter(
            "holdfast_agent_link_failures_total",
            "Streams that ended, and attempts that came to none.",
            agent -> agent.counts().linksFailed())
        .gauge(
            "holdfast_agent_spool_bytes",
            "Size of the spool's files.",
            agent -> agent.spool().bytes())
        .gauge(
            "holdfast_agent_spool_max_bytes",
            "Bound of the spool.",
            agent -> agent.spool().maxBytes())
        .gauge(
            "holdfast_agent_spool_events",
            "Events in the spool that no collector has acknowledged.",
            agent -> agent.spool().events())
        .gauge(
            "holdfast_agent_spool_writable",
            "Whether events reach the disk: 1, or 0 while they wait in memory.",
            agent -> agent.spool().writable() ? 1 : 0)
        .counter(
            "holdfast_agent_spool_events_dropped_total",
            "Events that gave way because the spool was full.",
            agent -> agent.spool().dropped());
  }

  private static void services(Catalog<AgentReading> catalog) {
    catalog
        .gauges(
            "holdfast_service_verdict",
            "1 for the verdict that the service has, 0 for the others.",
            List.of("service", "verdict"),
            (agent, rows) -> {
              for (ServiceView view : agent.services()) {
                for (Verdict verdict : Verdict.values()) {
                  rows.add(
                      view.verdict().verdict() == verdict ? 1 : 0,
                      view.service(),
                      verdict.name().toLowerCase(Locale.ROOT));
                }
              }
            })
        .gauges(
            "holdfast_service_verdict_since_timestamp_seconds",
            "When the verdict changed last.",
            List.of("service"),
            (agent, rows) ->
                agent
                    .services()
                    .forEach(view -> rows.add(view.since().wallMillis() / 1e3, view.service())))
        .gauges(
            "holdfast_service_healing",
            "Whether a healing action is under way: 1 or 0.",
            List.of("service"),
            (agent, rows) ->
                agent.services().forEach(view -> rows.add(view.healing() ? 1 : 0, view.service())))
        .counters(
            "holdfast_service_healing_attempts_total",
            "Attempts to heal by result: verified, failed, or held, which is not to act.",
            List.of("service", "result"),
            (agent, rows) ->
                agent
                    .counts()
                    .attempts()
                    .forEach((key, count) -> rows.add(count, key.service(), key.result())))
        .summaries(
            "holdfast_service_probe_duration_seconds",
            "Time that checks took, each rounded up to a millisecond.",
            List.of("service", "check"),
            (agent, rows) ->
                agent
                    .counts()
                    .checks()
                    .forEach(
                        (check, took) ->
                            rows.add(took.count(), took.seconds(), check.service(), check.name())));
  }
}
