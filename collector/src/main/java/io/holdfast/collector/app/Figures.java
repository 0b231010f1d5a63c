package io.holdfast.collector.app;

import io.holdfast.collector.api.LedgerSource;
import io.holdfast.collector.api.StatusFeed;
import io.holdfast.collector.api.StatusSource;
import io.holdfast.collector.api.metrics.Answers;
import io.holdfast.collector.api.metrics.CollectorCatalog;
import io.holdfast.collector.api.metrics.CollectorReading;
import io.holdfast.collector.api.metrics.CollectorReading.CertificateCounts;
import io.holdfast.collector.api.metrics.CollectorReading.EventCounts;
import io.holdfast.collector.link.AgentStreams;
import io.holdfast.core.agent.SpooledEvent;
import io.holdfast.core.ledger.ClusterState;
import io.holdfast.core.ledger.LedgerRecord;
import io.holdfast.core.ledger.LedgerRecord.EventRecorded;
import io.holdfast.metrics.BuildVersion;
import io.holdfast.metrics.Exposition;
import io.holdfast.metrics.Scraper;
import io.holdfast.planfile.config.CollectorConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts what passes the collector, and shows it. Safe for all threads. */
final class Figures {
  private final Exposition<CollectorReading> exposition;
  private final LongAdder received = new LongAdder();
  private final LongAdder recorded = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private volatile Optional<Issuer> issuer = Optional.empty();

  Figures(CollectorConfig config) {
    CollectorCatalog.Sources sources =
        new CollectorCatalog.Sources(
            BuildVersion.of(Figures.class), config.stateDirectory(), certificates(config));
    exposition = new Exposition<>(CollectorCatalog.of(sources), CollectorCatalog.LEFT_OUT);
  }

  private static Map<String, Path> certificates(CollectorConfig config) {
    Map<String, Path> files = new TreeMap<>();
    files.put("own", config.tls().certificate());
    files.put("ca", config.tls().ca());
    files.put("ledger", config.ledgerTls().certificate());
    config.authority().ifPresent(mine -> files.put("intermediate", mine.certificate()));
    return files;
  }

  /** Counts what it issues and refuses. */
  void counting(Issuer counted) {
    issuer = Optional.of(counted);
  }

  /** A batch of an agent came. */
  void received(List<SpooledEvent> events, long lastInLedger) {
    received.add(events.size());
    repeated.add(events.stream().filter(event -> event.sequence() <= lastInLedger).count());
  }

  /** The same log; what goes through it is counted. */
  DecisionLog counting(DecisionLog log) {
    return new DecisionLog() {
      @Override
      public ClusterState state() {
        return log.state();
      }

      @Override
      public boolean leads() {
        return log.leads();
      }

      @Override
      public Future<Void> append(List<LedgerRecord> records) {
        long begun = System.nanoTime();
        return log.append(records).onSuccess(done -> appended(records, System.nanoTime() - begun));
      }
    };
  }

  private void appended(List<LedgerRecord> records, long nanos) {
    exposition.record(CollectorCatalog.APPENDS, Duration.ofNanos(nanos));
    recorded.add(records.stream().filter(EventRecorded.class::isInstance).count());
  }

  /**
   * What figures are read from, on the API's event loop.
   *
   * @param leads whether the ledger leads
   * @param answers of the API
   */
  record Sources(
      StatusSource status,
      LedgerSource ledger,
      Supplier<Boolean> leads,
      AgentStreams streams,
      StatusFeed feed,
      Answers answers) {}

  /** Answers scrapes on that event loop. */
  Scraper<CollectorReading> scraper(Context context, Sources sources) {
    return new Scraper<>(context, () -> read(sources), () -> exposition);
  }

  private CollectorReading read(Sources sources) {
    return new CollectorReading(
        sources.status().status(),
        sources.ledger().read().state().incidentsTotal(),
        sources.leads().get(),
        sources.streams().connectedHosts().size(),
        sources.feed().watchers(),
        new EventCounts(received.sum(), recorded.sum(), repeated.sum()),
        new CertificateCounts(
            issuer.map(Issuer::issued).orElse(0L), issuer.map(Issuer::refused).orElse(0L)),
        sources.answers().counts());
  }
}
