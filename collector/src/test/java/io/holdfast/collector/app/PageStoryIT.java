package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.api.web.Browser;
import io.holdfast.collector.api.web.Tab;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real agent, a real collector and a page that stays open: a service is killed, then the
 * collector, and the page tells both by itself.
 */
class PageStoryIT {
  /** Within this time a change is on the page: the requirement. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** An outage becomes an incident when it is not over after ten seconds. */
  private static final Duration PATIENCE_AND_SOON = Duration.ofSeconds(10).plus(SOON);

  /** Processes may take this long to start. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final String ENGINE = "#hosts .service[data-key=engine] ";
  private static final String LIVE = "document.body?.dataset.connection === 'live'";

  /** No rule heals the engine, so that what is seen stays. */
  private static final String PLAN =
      """
      apiVersion: holdfast/v1
      system: {name: story, locale: en, timezone: UTC}
      objectives: {P1: {rto: 2h, rpo: 5m}}
      hosts: {trade-a: {address: 10.0.0.11}}
      sites: {primary: {hosts: [trade-a]}}
      checks: {interval: 1s, failure_threshold: 3, recovery_threshold: 2}
      services:
        engine: {critical: true, module: trading, runs_on: trade-a, process: {}, timeout: 500ms}
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private CollectorProcess collector;
  private AgentProcess agent;
  private Tab tab;

  @BeforeEach
  void start() throws Exception {
    collector = new CollectorProcess(vertx, directory);
    agent = new AgentProcess(collector, "trade-a", "trade-a");
    collector.start();
    agent.start();
    collector.applyPlan(PLAN);
    tab = browser.open();
    tab.go(collector.url());
  }

  @AfterEach
  void stop() throws Exception {
    tab.close();
    agent.close();
    collector.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void tellsOfAKilledServiceAndOfAKilledCollectorWithoutReload() throws Exception {
    tab.until(LIVE, START);
    tab.until(says("#summary", "Trading is alive") + " && " + says("#summary", "100%"), START);
    tab.until("document.querySelectorAll('" + ENGINE + "[role=option]').length === 1", START);
    tab.evaluate("window.sameDocument = true");

    killTheEngine();

    tab.until(says("#summary", "Trading is down") + " && " + says("#summary", "0%"), SOON);
    tab.until(says(ENGINE + ".beats-sum", " unhealthy"), SOON);
    tab.until(says("#changes", "engine on trade-a became unhealthy"), SOON);
    tab.until(says(ENGINE, "No healing: the plan has no rule for this"), SOON);
    tab.until(says("#incidents", "P1") + " && " + says("#incidents", "1:59:"), PATIENCE_AND_SOON);
    tab.until(says("#changes", "Incident P1 opened"), SOON);

    String oldest = oldestBeat();
    collector.kill();
    tab.until("document.body.dataset.connection === 'lost'", SOON);
    assertThat(tab.text("#lost")).contains("Connection to the collector lost");
    collector.start();
    collector.eventsAfter(0);

    tab.until(LIVE, SOON);
    assertThat(oldestBeat()).isEqualTo(oldest);
    tab.until(says("#incidents", "P1") + " && " + says("#hosts", "Agent connected"), START);
    assertThat(tab.evaluate("window.sameDocument")).isEqualTo(true);
    assertThat(tab.complaints()).isEmpty();
  }

  private static String says(String selector, String part) {
    return "document.querySelector('%s')?.innerText.includes('%s')".formatted(selector, part);
  }

  /** "Verdicts since 12:00:03", which a page that forgot them would not say any more. */
  private String oldestBeat() {
    return tab.text(ENGINE + ".beats-sum").replaceFirst(": \\d+, .*", "");
  }

  private void killTheEngine() {
    String shown = tab.text(ENGINE).replaceFirst("(?s).*process (\\d+).*", "$1");
    ProcessHandle engine = ProcessHandle.of(Long.parseLong(shown)).orElseThrow();
    assertThat(engine.info().command().orElse("")).endsWith("sleep");
    engine.destroyForcibly();
  }
}
