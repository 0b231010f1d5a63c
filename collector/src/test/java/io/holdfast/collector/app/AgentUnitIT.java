package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.store.PlanStore;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real agent that a service manager started, and no collector anywhere but where one is named.
 */
class AgentUnitIT {
  private static final int WATCHDOG_MILLIS = 1_500;

  /** More than any loop's bound: three feeds in each of the watchdog's periods. */
  private static final int FEEDS = 3 * 16_500 / WATCHDOG_MILLIS;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Awaiting awaiting = new Awaiting(vertx);
  private Manager manager;
  private CollectorProcess collector;
  private AgentProcess agent;

  @BeforeEach
  void open() throws Exception {
    manager = new Manager(awaiting);
    collector = new CollectorProcess(vertx, directory);
    agent = new AgentProcess(collector, "trade-a", "trade-a");
    new PlanStore(agent.state()).store(OneService.onDisk());
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    collector.close();
    manager.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void startAgent() throws Exception {
    agent.start(manager.environment(WATCHDOG_MILLIS));
    manager.hears("READY=1", message -> message.startsWith("READY=1\n"));
  }

  @Test
  void isReadyHealsAndFeedsTheWatchdogWithoutACollector() throws Exception {
    startAgent();
    manager.reads("guards 1 service");
    manager.reads("no collector");
    awaiting.until("the service", () -> agent.service() != 0);
    manager.forget();
    long before = agent.service();
    ProcessHandle.of(before).orElseThrow().destroyForcibly();
    awaiting.until("healing", () -> agent.service() != 0 && agent.service() != before);
    awaiting.until("feeds beyond every bound", () -> manager.feeds() >= FEEDS);
    assertThat(agent.log()).doesNotContain("stand still");
    assertThat(agent.terminate()).isZero();
    manager.hears("STOPPING=1", message -> message.startsWith("STOPPING=1\n"));
  }

  @Test
  void anEventLoopThatHangsFeedsTheWatchdogNoMore() throws Exception {
    try (UnreadLog log = UnreadLog.in(directory)) {
      agent.start(manager.environment(WATCHDOG_MILLIS), log.redirect());
      manager.hears("READY=1", message -> message.startsWith("READY=1\n"));
      awaiting.until("the service", () -> agent.service() != 0);
      log.fill(awaiting);
      // Its word on the restart is the line that hangs, on the event loop.
      ProcessHandle.of(agent.service()).orElseThrow().destroyForcibly();
      // Checks and link turn on the hung event loop; which of them is late first is chance.
      manager.reads("stands still: ");
      manager.reads(" (since ");
      long fed = manager.feeds();
      vertx.timer(2 * WATCHDOG_MILLIS, TimeUnit.MILLISECONDS).await(60, TimeUnit.SECONDS);
      assertThat(manager.feeds()).as("in twice the time that systemd waits").isEqualTo(fed);
      agent.kill();
    }
  }

  @Test
  void aFileWithMistakesLeavesTheConfigurationInForce() throws Exception {
    startAgent();
    String good = Files.readString(agent.config());
    Files.writeString(agent.config(), good + "paths: 7\n");
    manager.forget();
    agent.signal("HUP");
    manager.hears("RELOADING=1", message -> message.startsWith("RELOADING=1\nMONOTONIC_USEC="));
    manager.hears("READY=1", message -> message.startsWith("READY=1\nSTATUS=not reloaded: "));
    assertThat(agent.log()).containsPattern("agent.yaml:9:8: paths: ");

    Files.writeString(agent.config(), good.replace("run_directory: run", "run_directory: other"));
    manager.forget();
    agent.signal("HUP");
    manager.reads("a change of run_directory needs a restart");

    Files.writeString(agent.config(), good.replace("hosts/trade-a.", "hosts/trade-b."));
    manager.forget();
    agent.signal("HUP");
    manager.reads("is for holdfast://host/trade-b, and this host is trade-a");

    Files.writeString(agent.config(), good);
    manager.forget();
    agent.signal("HUP");
    manager.hears("READY=1", message -> message.startsWith("READY=1\nSTATUS=guards 1 service"));
  }

  @Test
  void servicesComeAndGoWithTheAllowlistAndCollectorsWithTheirList() throws Exception {
    startAgent();
    awaiting.until("the service", () -> agent.service() != 0);
    long engine = agent.service();
    String good = Files.readString(agent.config());
    Files.writeString(agent.config(), good.replaceFirst("(?s)services:.*", ""));
    manager.forget();
    agent.signal("HUP");
    manager.reads("guards 0 services, 1 only observed");
    assertThat(agent.service()).as("goes on").isEqualTo(engine);

    Files.writeString(agent.config(), good);
    manager.forget();
    agent.signal("HUP");
    manager.reads("guards 1 service");
    assertThat(agent.service()).as("taken over untouched").isEqualTo(engine);
    ProcessHandle.of(engine).orElseThrow().destroyForcibly();
    awaiting.until("healing", () -> agent.service() != 0 && agent.service() != engine);

    CollectorProcess other = collector.sibling("other", CollectorProcess.freePort());
    try (other) {
      other.start();
      Files.writeString(
          agent.config(), good.replace(":" + collector.agentsPort, ":" + other.agentsPort));
      manager.forget();
      agent.signal("HUP");
      manager.reads("collector-1");
    }
  }
}
