package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real processes of both programs show to Prometheus, fresh and after events. */
class MetricsIT {
  private static final String PLAN =
      """
      apiVersion: holdfast/v1
      system: {name: test, locale: en, timezone: UTC}
      objectives: {P2: {rto: 2h, rpo: 5m}}
      hosts: {trade-a: {address: 10.0.0.11}, trade-b: {address: 10.0.0.12}}
      sites: {primary: {hosts: [trade-a, trade-b]}}
      checks: {interval: 1s, failure_threshold: 1, recovery_threshold: 1}
      services:
        engine: {critical: true, module: trading, runs_on: trade-a, process: {}, timeout: 5s}
        mirror: {module: trading, runs_on: trade-a, tcp: {port: %d}, timeout: 5s}
      healing:
        - {trigger: service_down, action: restart_service, max_attempts: 3, backoff_factor: 2}
      """;

  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\S+) (\\S+)$");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private HttpClientAgent plain;
  private HttpClientAgent viewer;
  private CollectorProcess collector;
  private AgentProcess agent;

  @BeforeEach
  void prepare() throws Exception {
    collector = new CollectorProcess(vertx, directory);
    agent = new AgentProcess(collector, "trade-a", "trade-a");
    plain = vertx.createHttpClient();
    viewer = vertx.createHttpClient(collector.operator());
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    collector.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void promtoolHasNothingToSayOfThemFreshAndAfterEvents() throws Exception {
    agent.start();
    String alone = awaitFigure(this::ofAgent, "holdfast_agent_link_failures_total", ">", 0);
    Promtool.check(alone);
    assertThat(value(alone, "holdfast_agent_link_connected")).isZero();

    collector.start();
    String fresh = awaitFigure(this::ofCollector, "holdfast_ledger_leads", "=", 1);
    Promtool.check(fresh);
    Promtool.isDocumented(fresh);
    assertThat(value(fresh, "holdfast_hosts_planned")).isZero();

    collector.applyPlan(PLAN.formatted(CollectorProcess.freePort()));
    awaitFigure(
        this::ofAgent, "holdfast_service_verdict{service=\"engine\",verdict=\"healthy\"}", "=", 1);
    ProcessHandle.of(agent.service()).orElseThrow().destroyForcibly();
    String healed =
        awaitFigure(
            this::ofAgent,
            "holdfast_service_healing_attempts_total{result=\"verified\",service=\"engine\"}",
            "=",
            1);
    Promtool.check(healed);
    Promtool.isDocumented(healed);
    assertThat(value(healed, "holdfast_agent_link_connected")).isEqualTo(1);
    assertThat(value(healed, "holdfast_agent_resident_memory_bytes")).isPositive();
    assertThat(healed)
        .contains("holdfast_service_probe_duration_seconds_count{check=\"", "service=\"mirror\"");

    awaitFigure(this::ofCollector, "holdfast_collector_events_recorded_total", ">", 3);
    String told = awaitFigure(this::ofCollector, "holdfast_incidents_opened_total", ">", 0);
    Promtool.check(told);
    Promtool.isDocumented(told);
    assertThat(value(told, "holdfast_hosts_connected")).isEqualTo(1);
    assertThat(value(told, "holdfast_services{verdict=\"unhealthy\"}")).isEqualTo(1);
    assertThat(value(told, "holdfast_ledger_append_duration_seconds_count")).isPositive();
    assertThat(
            value(
                told,
                "holdfast_collector_api_calls_total"
                    + "{code=\"ok\",method=\"holdfast.v1.Plans/ApplyPlan\"}"))
        .isEqualTo(1);
    assertThat(value(told, "holdfast_certificate_expiry_timestamp_seconds{certificate=\"own\"}"))
        .isGreaterThan(System.currentTimeMillis() / 1e3);
  }

  @Test
  void hostileCallsAddNoSeries() throws Exception {
    collector.start();
    awaitFigure(this::ofCollector, "holdfast_ledger_leads", "=", 1);
    int before = 0;
    for (int i = 0; i < 50; i++) {
      answer(viewer, true, collector.apiPort, HttpMethod.GET, "/metrics" + i + "%22%0a");
      String scrape = ofCollector();
      int series = (int) SAMPLE.matcher(scrape).results().count();
      before = i == 0 ? series : before;
      // Its own 200 joins the 404 once.
      assertThat(series).isLessThanOrEqualTo(before + 1);
    }
  }

  private String ofAgent() throws Exception {
    Matcher port =
        Pattern.compile("\"metrics_port\": ([0-9]+)")
            .matcher(Files.readString(directory.resolve("trade-a/run/agent.json")));
    return port.find() ? text(plain, false, Integer.parseInt(port.group(1))) : "";
  }

  private String ofCollector() throws Exception {
    return text(viewer, true, collector.apiPort);
  }

  private static String text(HttpClient client, boolean tls, int port) throws Exception {
    HttpClientResponse response = answer(client, tls, port, HttpMethod.GET, "/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.getHeader("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    return response.body().await(10, TimeUnit.SECONDS).toString();
  }

  private static HttpClientResponse answer(
      HttpClient client, boolean tls, int port, HttpMethod method, String path) throws Exception {
    RequestOptions request =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setSsl(tls)
            .setMethod(method)
            .setURI(path);
    return client
        .request(request)
        .compose(sent -> sent.send().compose(response -> response.body().map(response)))
        .await(10, TimeUnit.SECONDS);
  }

  /** The scrape in which the figure has become so. */
  private String awaitFigure(Callable<String> scrape, String name, String relation, double bound)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    String last = "";
    while (System.nanoTime() < deadline) {
      try {
        last = scrape.call();
        double value = value(last, name);
        if (relation.equals("=") ? value == bound : value > bound) {
          return last;
        }
      } catch (IOException notYet) {
        last = notYet.toString();
      }
      vertx.timer(100, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
    }
    throw new AssertionError(
        name + " did not become " + relation + " " + bound + ":\n" + last + agent.log());
  }

  /** Not a number: it is not shown. */
  private static double value(String scrape, String name) {
    return SAMPLE
        .matcher(scrape)
        .results()
        .filter(sample -> sample.group(1).equals(name))
        .mapToDouble(sample -> Double.parseDouble(sample.group(2)))
        .findFirst()
        .orElse(Double.NaN);
  }
}
