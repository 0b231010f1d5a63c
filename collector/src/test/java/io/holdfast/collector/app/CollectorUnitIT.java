package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real collector that a service manager started. */
class CollectorUnitIT {
  private static final int WATCHDOG_MILLIS = 1_500;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Awaiting awaiting = new Awaiting(vertx);
  private Manager manager;
  private CollectorProcess collector;

  @BeforeEach
  void start() throws Exception {
    manager = new Manager(awaiting);
    collector = new CollectorProcess(vertx, directory);
    collector.start(manager.environment(WATCHDOG_MILLIS));
    manager.hears("READY=1", message -> message.startsWith("READY=1\nSTATUS=leads; "));
  }

  @AfterEach
  void close() throws Exception {
    collector.close();
    manager.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void saysWhatItDoesAndFeedsTheWatchdog() throws Exception {
    manager.reads("0 hosts connected; no plan yet; no incident");
    collector.applyPlan(OneService.unhealed("1s"));
    try (AgentProcess agent = new AgentProcess(collector, "trade-a", "trade-a")) {
      agent.start();
      manager.reads("1 of 2 hosts connected; plan sha256:");
    }
    awaiting.until("feeds", () -> manager.feeds() > 5);
    assertThat(collector.terminate()).isZero();
    manager.hears("STOPPING=1", message -> message.startsWith("STOPPING=1\n"));
  }

  @Test
  void readsItsFileAgainOrSaysWhatNeedsARestart() throws Exception {
    String good = Files.readString(collector.config());
    HttpClient stranger =
        vertx.createHttpClient(
            new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    assertThat(page(stranger)).isEqualTo(200);
    Files.writeString(
        collector.config(), good.replace("anonymous_viewer: true", "anonymous_viewer: false"));
    manager.forget();
    collector.signal("HUP");
    manager.hears("RELOADING=1", message -> message.startsWith("RELOADING=1\n"));
    manager.hears("READY=1", message -> message.startsWith("READY=1\nSTATUS=leads; "));
    assertThat(page(stranger)).isEqualTo(401);

    Files.writeString(collector.config(), good.replace("run_directory: run", "run_directory: r"));
    manager.forget();
    collector.signal("HUP");
    manager.reads("a change of run_directory needs a restart");

    Files.writeString(collector.config(), good + "nonsense: 1\n");
    manager.forget();
    collector.signal("HUP");
    manager.reads("not reloaded: " + collector.config() + ":14:1: nonsense: ");
    assertThat(page(stranger)).isEqualTo(401);
  }

  @Test
  void anEventLoopThatHangsFeedsTheWatchdogNoMore() throws Exception {
    assertThat(collector.terminate()).isZero();
    manager.forget();
    try (UnreadLog log = UnreadLog.in(directory);
        AgentProcess agent = new AgentProcess(collector, "trade-a", "trade-a")) {
      collector.start(manager.environment(WATCHDOG_MILLIS), log.redirect());
      manager.hears("READY=1", message -> message.startsWith("READY=1\nSTATUS=leads; "));
      log.fill(awaiting);
      // That a host has connected is the line that hangs.
      agent.start();
      manager.reads("stands still: ");
      long fed = manager.feeds();
      vertx.timer(2 * WATCHDOG_MILLIS, TimeUnit.MILLISECONDS).await(60, TimeUnit.SECONDS);
      assertThat(manager.feeds()).as("in twice the time that systemd waits").isEqualTo(fed);
    }
  }

  private int page(HttpClient client) throws Exception {
    return client
        .request(HttpMethod.GET, collector.apiPort, CollectorProcess.LOOPBACK, "/api/v1/status")
        .compose(request -> request.send())
        .map(response -> response.statusCode())
        .await(10, TimeUnit.SECONDS);
  }
}
