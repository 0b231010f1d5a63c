package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.Event.EventCase;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.Incident;
import io.holdfast.proto.v1.RecordedEvent;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
  private Path library;
  private CollectorProcess collector;
  private AgentProcess agent;

  @BeforeEach
  void prepare() throws Exception {
    library = library();
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
    setClock("+1h");
    agent.start(wrongClock());
    collector.applyPlan(OneService.unhealed("30s"));
    awaiting.until("the engine", () -> agent.service() != 0);
    awaiting.until("it to be healthy", () -> verdicts() == 1);

    long killed = System.nanoTime();
    ProcessHandle.of(agent.service()).orElseThrow().destroyForcibly();
    awaiting.until("an incident", () -> collector.status().getOpenIncidentsCount() == 1);
    setClock("-1h");
    assertSensible(collector.status());
    collector.applyPlan(OneService.plan("30s"));
    awaiting.until("the end", () -> collector.status().getRecentIncidentsCount() == 1);
    long outage = (System.nanoTime() - killed) / 1_000_000;

    Incident incident = collector.status().getRecentIncidents(0);
    assertThat(incident.getOutageMillis()).isBetween(10_000L, outage + 5_000);
    assertThat(incident.getRecoveredWallMillis() - incident.getLastGoodWallMillis())
        .isCloseTo(incident.getOutageMillis(), org.assertj.core.data.Offset.offset(1_000L));
    setClock("+1h");
    crash();
    setClock("-30m");
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

  private Map<String, String> wrongClock() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", clockFile().toString(),
        // Each reading of the clock would read the file: too slow for a program like this.
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1",
        // Without it every timed wait of a JVM returns at once, and its threads spin.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  private Path clockFile() {
    return directory.resolve("clock");
  }

  private void setClock(String offset) throws IOException {
    Path fresh = Files.writeString(directory.resolve("clock.new"), offset + "\n");
    Files.move(fresh, clockFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path library() throws IOException {
    try (Stream<Path> libraries = Files.find(Path.of("/usr/lib"), 3, WrongClockIT::isLibrary)) {
      Path found = libraries.findFirst().orElse(Path.of(""));
      boolean there = !found.toString().isEmpty();
      if (System.getenv("CI") != null) {
        assertThat(there).as("libfaketime is installed").isTrue();
      }
      assumeTrue(there, "libfaketime is installed (apt's package libfaketime)");
      return found;
    }
  }

  private static boolean isLibrary(Path file, java.nio.file.attribute.BasicFileAttributes kind) {
    return file.endsWith("faketime/libfaketimeMT.so.1");
  }
}
