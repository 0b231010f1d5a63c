package io.holdfast.agent.app;

import io.holdfast.agent.metrics.AgentCatalog;
import io.holdfast.agent.metrics.AgentReading;
import io.holdfast.agent.metrics.AgentTally;
import io.holdfast.agent.metrics.MetricsServer;
import io.holdfast.agent.metrics.MetricsSettings;
import io.holdfast.metrics.Exposition;
import io.holdfast.metrics.Scraper;
import io.holdfast.planfile.config.AgentConfig;
import io.holdfast.planfile.config.TlsFiles;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the agent's figures where its configuration says so. A port that cannot be had is told and
 * tried again: guarding services does not wait for it. Used on one event loop.
 */
final class Figures {
  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);
  private static final long AGAIN_MILLIS = 30_000;

  private final Context context;
  private final AgentConfig config;
  private final RunDirectory runDirectory;
  private final AgentTally tally = new AgentTally();
  private Optional<MetricsServer> server = Optional.empty();
  private volatile Map<String, Path> certificates;
  private boolean stopped;
  private boolean told;

  Figures(Context context, AgentConfig config, RunDirectory runDirectory) {
    this.context = context;
    this.config = config;
    this.certificates = files(config.tls());
    this.runDirectory = runDirectory;
  }

  /** Counts what passes. */
  AgentTally tally() {
    return tally;
  }

  /** Shows what these know, if the configuration says so. */
  void show(AgentLoop loop, Sampling sampling, SpoolDesk spool) {
    config
        .metrics()
        .ifPresent(
            metrics -> {
              LoopLag lag = LoopLag.watch(context.owner());
              Scraper<AgentReading> scraper =
                  new Scraper<>(
                      context,
                      () ->
                          new AgentReading(
                              sampling.newest(),
                              loop.state().views(),
                              tally.counts(),
                              spool.figures(),
                              lag.seconds()),
                      this::exposition);
              listen(settings(metrics), scraper);
            });
  }

  private static Map<String, Path> files(TlsFiles tls) {
    return Map.of("own", tls.certificate(), "ca", tls.ca());
  }

  /** Where the agent's certificates are from now on. */
  void certificates(TlsFiles tls) {
    certificates = files(tls);
  }

  /** Reads the certificates of the port again; fails when they cannot be used. */
  Future<Void> reload() {
    return server.map(MetricsServer::reload).orElseGet(Future::succeededFuture);
  }

  Future<Void> stop() {
    stopped = true;
    return server.map(MetricsServer::stop).orElseGet(Future::succeededFuture);
  }

  private Exposition<AgentReading> exposition() {
    return new Exposition<>(AgentCatalog.of(Build.id(), () -> certificates), AgentCatalog.LEFT_OUT);
  }

  private void listen(MetricsSettings settings, Scraper<AgentReading> scraper) {
    Vertx vertx = context.owner();
    MetricsServer fresh = new MetricsServer(vertx, settings, scraper);
    server = Optional.of(fresh);
    fresh
        .start()
        .onSuccess(port -> listening(settings, port))
        .onFailure(
            e -> {
              tellOnce(settings, e);
              if (!stopped) {
                vertx.setTimer(AGAIN_MILLIS, id -> listen(settings, scraper));
              }
            });
  }

  private void listening(MetricsSettings settings, int port) {
    LOG.info("metrics are shown on {}:{}", settings.address(), port);
    context
        .executeBlocking(
            () -> {
              writePort(port);
              return null;
            },
            false)
        .onFailure(
            e -> LOG.warn("the run file does not tell the port of the metrics: {}", e.toString()));
  }

  private void writePort(int port) throws IOException {
    runDirectory.write(config.host(), OptionalInt.of(port));
  }

  private void tellOnce(MetricsSettings settings, Throwable e) {
    if (!told) {
      told = true;
      LOG.warn(
          "metrics cannot be shown on {}:{}: {}; trying on each {} s. Another port, or enabled:"
              + " false, is set under metrics in agent.yaml",
          settings.address(),
          settings.port(),
          e.getMessage(),
          AGAIN_MILLIS / 1000);
    }
  }

  private MetricsSettings settings(AgentConfig.Metrics metrics) {
    Optional<MetricsSettings.Tls> tls =
        metrics
            .tls()
            .map(files -> new MetricsSettings.Tls(files.certificate(), files.key(), files.ca()));
    return new MetricsSettings(metrics.endpoint().host(), metrics.endpoint().port(), tls);
  }
}
