package io.holdfast.collector.api.metrics;

import io.holdfast.metrics.Catalog;
import io.holdfast.metrics.CertificateFile;
import io.holdfast.metrics.ProcessFigures;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the collector shows; {@code docs/metrics.md} says the same. */
public final class CollectorCatalog {
  /** Histogram of the ledger's appends. */
  public static final String APPENDS = "holdfast_ledger_append_duration_seconds";

  /** Gauge of what a bound left out. */
  public static final String LEFT_OUT = "holdfast_collector_series_left_out";

  private static final List<Duration> BUCKETS =
      Stream.of(2, 5, 10, 25, 50, 100, 250, 1_000, 5_000).map(Duration::ofMillis).toList();

  private CollectorCatalog() {}

  /**
   * Where the figures that are not in a reading come from.
   *
   * @param build version of the collector
   * @param ledgerDirectory on the disk whose free space matters
   * @param certificates by what they are for; read anew each time
   */
  public record Sources(String build, Path ledgerDirectory, Map<String, Path> certificates) {}

  /** All figures. */
  public static Catalog<CollectorReading> of(Sources sources) {
    Catalog<CollectorReading> catalog = new Catalog<>();
    process(catalog, sources);
    api(catalog);
    ledger(catalog, sources);
    SystemFigures.addTo(catalog);
    return catalog;
  }

  private static void process(Catalog<CollectorReading> catalog, Sources sources) {
    Runtime runtime = Runtime.getRuntime();
    catalog
        .info(
            "holdfast_collector_build_info",
            "Version of the collector.",
            "version",
            sources.build())
        .counter(
            "holdfast_collector_cpu_seconds_total",
            "CPU time that the collector took.",
            c -> ProcessFigures.cpuSeconds())
        .gauge(
            "holdfast_collector_resident_memory_bytes",
            "Memory of the collector that is in RAM.",
            c -> ProcessFigures.residentBytes())
        .gauge(
            "holdfast_collector_heap_used_bytes",
            "Heap that is in use, garbage included.",
            c -> runtime.totalMemory() - runtime.freeMemory())
        .gauge("holdfast_collector_heap_max_bytes", "Bound of the heap.", c -> runtime.maxMemory())
        .counter(
            "holdfast_collector_gc_seconds_total",
            "Time that garbage collections took.",
            c -> collections().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum() / 1e3)
        .counter(
            "holdfast_collector_gc_collections_total",
            "Garbage collections.",
            c -> collections().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum())
        .gauges(
            "holdfast_certificate_expiry_timestamp_seconds",
            "When the certificate on disk expires: own, ca, ledger, intermediate.",
            List.of("certificate"),
            (c, rows) ->
                sources
                    .certificates()
                    .forEach((what, file) -> rows.add(CertificateFile.expirySeconds(file), what)));
  }

  private static Stream<GarbageCollectorMXBean> collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream();
  }

  private static void api(Catalog<CollectorReading> catalog) {
    catalog
        .gauge(
            "holdfast_collector_streams",
            "Streams of agents that are open.",
            CollectorReading::streams)
        .gauge(
            "holdfast_collector_watchers",
            "Pages and commands that watch the status.",
            CollectorReading::watchers)
        .counters(
            "holdfast_collector_api_calls_total",
            "Calls of gRPC that were answered; a stream counts when it ends.",
            List.of("method", "code"),
            (c, rows) ->
                c.answers()
                    .forEach(
                        (answer, count) -> {
                          if (answer.grpc()) {
                            rows.add(count, answer.name(), answer.code());
                          }
                        }))
        .counters(
            "holdfast_collector_http_requests_total",
            "Requests of pages and scrapes that were answered; a stream counts when it ends.",
            List.of("path", "code"),
            (c, rows) ->
                c.answers()
                    .forEach(
                        (answer, count) -> {
                          if (!answer.grpc()) {
                            rows.add(count, answer.name(), answer.code());
                          }
                        }))
        .counter(
            "holdfast_collector_certificates_issued_total",
            "Certificates that this collector issued, its own among them.",
            c -> c.certificates().issued())
        .counter(
            "holdfast_collector_certificates_refused_total",
            "Requests of hosts for a certificate that this collector refused.",
            c -> c.certificates().refused())
        .counter(
            "holdfast_collector_events_received_total",
            "Events that agents sent.",
            c -> c.events().received())
        .counter(
            "holdfast_collector_events_recorded_total",
            "Events of agents that this collector recorded in the ledger.",
            c -> c.events().recorded())
        .counter(
            "holdfast_collector_events_repeated_total",
            "Events that the ledger had already when they arrived.",
            c -> c.events().repeated());
  }

  private static void ledger(Catalog<CollectorReading> catalog, Sources sources) {
    catalog
        .gauge(
            "holdfast_ledger_leads",
            "Whether this collector's ledger leads, and so decides: 1 or 0.",
            c -> c.leads() ? 1 : 0)
        .gauge(
            "holdfast_ledger_applied_index",
            "Entries of the ledger that are applied here, since its birth.",
            c -> c.status().getLedgerIndex())
        .gauge(
            "holdfast_ledger_free_bytes",
            "Free space on the ledger's disk.",
            c -> sources.ledgerDirectory().toFile().getUsableSpace())
        .histogram(APPENDS, "Time from a decision to its safe record in the ledger.", BUCKETS);
  }
}
