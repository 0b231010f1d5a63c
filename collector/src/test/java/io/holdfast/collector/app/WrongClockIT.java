package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.Event.EventCase;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real agent whose wall clock is an hour off and jumps. */
class WrongClockIT {
  private static final long MINUTE = 60_000;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Awaiting awaiting = new Awaiting(vertx);
  private final long began = System.currentTimeMillis();
  private WrongClock clock;
  private CollectorProcess collector;
  private AgentProcess agent;

  @BeforeEach
  void prepare() throws Exception {
    clock = WrongClock.in(directory);
    collector = new CollectorProcess(vertx, directory);
    agent = new AgentProcess(collector, "trade-a", "trade-a");
  }

  @AfterEach
  void close() throws Exception {
    if (agent != null) {
      agent.close();
      collector.close();
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void clocksAnHourApartAndJumpingChangeNoSpanAndNoDate() throws Exception {
    collector.start();
    clock.set("+1h");
    agent.start(clock.environment());
    collector.applyPlan(OneService.unhealed("30s"));
    awaiting.until("the engine", () -> agent.service() != 0);
    awaiting.until("it to be healthy", () -> verdicts() == 1);

    long killed = System.nanoTime();
    ProcessHandle.of(agent.service()).orElseThrow().destroyForcibly();
    awaiting.until("an incident", () -> collector.status().getOpenIncidentsCount() == 1);
    clock.set("-1h");
    assertSensible(collector.status());
    collector.applyPlan(OneService.plan("30s"));
    awaiting.until("the end", () -> collector.status().getRecentIncidentsCount() == 1);
    long outage = (System.nanoTime() - killed) / 1_000_000;

    Incident incident = collector.status().getRecentIncidents(0);
    assertThat(incident.getOutageMillis()).isBetween(10_000L, outage + 5_000);
    assertThat(incident.getRecoveredWallMillis() - incident.getLastGoodWallMillis())
        .isCloseTo(incident.getOutageMillis(), org.assertj.core.data.Offset.offset(1_000L));
    clock.set("+1h");
    crash();
    clock.set("-30m");
    awaiting.until("the second healing", () -> healings().size() == 2);
    assertSensible(collector.status());
    assertThat(healings())
        .allSatisfy(
            event ->
                assertThat(event.getHealingVerified().getActionMillis()).isBetween(0L, 60_000L));
    assertThat(healings().getLast().getHealingVerified().getOutageMillis()).isBetween(0L, 60_000L);
    assertThat(collector.eventsAfter(0).stream().map(RecordedEvent::getPosition)).isSorted();
  }

  private void crash() throws Exception {
    awaiting.until("the engine", () -> agent.service() != 0);
    long before = agent.service();
    ProcessHandle.of(before).orElseThrow().destroyForcibly();
    awaiting.until(
        "the engine to be restarted", () -> agent.service() != 0 && agent.service() != before);
  }

  private long verdicts() throws Exception {
    return collector.eventsAfter(0).stream()
        .filter(event -> event.getEvent().getEventCase() == EventCase.VERDICT_CHANGED)
        .count();
  }

  private List<Event> healings() throws Exception {
    return collector.eventsAfter(0).stream()
        .map(RecordedEvent::getEvent)
        .filter(event -> event.getEventCase() == EventCase.HEALING_VERIFIED)
        .toList();
  }

  /** Nothing that an operator sees lies before this test or in the future. */
  private void assertSensible(SystemStatus status) {
    for (ServiceStatus service : status.getServicesList()) {
      assertNow("the verdict of " + service.getName(), service.getSinceWallMillis());
    }
    for (HostStatus host : status.getHostsList()) {
      assertThat(host.getSilentMillis()).isBetween(-1L, MINUTE);
    }
    for (Incident incident : status.getOpenIncidentsList()) {
      assertNow("the last good instant", incident.getLastGoodWallMillis());
      assertThat(incident.getOutageMillis()).isBetween(0L, 5 * MINUTE);
    }
    for (RecordedEvent event : status.getRecentList()) {
      assertNow("the event " + event, event.getEvent().getWallMillis());
    }
  }

  private void assertNow(String what, long wallMillis) {
    if (wallMillis != 0) {
      assertThat(wallMillis)
          .as(what)
          .isBetween(began - MINUTE, System.currentTimeMillis() + MINUTE);
    }
  }
}
