package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.Event.EventCase;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.LoadPoint;
import io.holdfast.proto.v1.RecordedEvent;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes of both programs, killed and left alone. */
class AgentAndCollectorIT {
  private static final String PLAN =
      """
      apiVersion: holdfast/v1
      system: {name: test, locale: en, timezone: UTC}
      objectives: {P2: {rto: 2h, rpo: 5m}}
      hosts: {trade-a: {address: 10.0.0.11}, trade-b: {address: 10.0.0.12}}
      sites: {primary: {hosts: [trade-a, trade-b]}}
      checks: {interval: 30s, failure_threshold: 3, recovery_threshold: 2}
      services:
        engine: {critical: true, module: trading, runs_on: trade-a, process: {}, timeout: 5s}
      healing:
        - {trigger: service_down, action: restart_service, max_attempts: 3, backoff_factor: 2}
      """;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private CollectorProcess collector;
  private AgentProcess agent;

  @BeforeEach
  void prepare() throws Exception {
    collector = new CollectorProcess(vertx, directory);
    agent = new AgentProcess(collector, "trade-a", "trade-a");
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    collector.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void healsFromThePlanOnItsDiskWithoutACollectorAndTellsItAllLater() throws Exception {
    collector.start();
    agent.start();
    collector.applyPlan(PLAN);
    long first = awaitService("the engine to be started", 0);
    collector.kill();
    agent.kill();

    agent.start();
    await(
        "the agent to have taken its service over",
        () -> agent.log().contains("untouched: [engine]"));
    assertThat(agent.service()).isEqualTo(first);
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    long second = awaitService("the engine to be restarted by the plan on disk", first);
    assertThat(second).isNotEqualTo(first);

    collector.start();
    await("the healing in the ledger", () -> count(EventCase.HEALING_VERIFIED) == 1);
    List<RecordedEvent> events = collector.eventsAfter(0);
    assertThat(events.stream().map(event -> event.getEvent().getSequence()))
        .as("each once and in order")
        .isSorted()
        .doesNotHaveDuplicates();
    Event restarted =
        events.stream()
            .map(RecordedEvent::getEvent)
            .filter(event -> event.getEventCase() == EventCase.AGENT_STARTED)
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertThat(restarted.getAgentStarted().getReattachedList()).containsExactly("engine");
  }

  @Test
  void tellsTheLastVerdictsOfAServiceAndTheLoadOfItsHostAndThenTheSilence() throws Exception {
    collector.start();
    agent.start();
    collector.applyPlan(PLAN);
    await("a healthy beat of the engine", () -> hasBeat(Verdict.VERDICT_HEALTHY));
    await(
        "a point of the host's load",
        () -> collector.history().getHosts(0).getLoadList().stream().anyMatch(this::isMeasured));
    agent.kill();
    await("a beat that says that nothing is known", () -> hasBeat(Verdict.VERDICT_UNKNOWN));
  }

  private boolean hasBeat(Verdict verdict) throws Exception {
    return collector.history().getServices(0).getBeatsList().stream()
        .anyMatch(beat -> beat.getVerdict() == verdict);
  }

  private boolean isMeasured(LoadPoint load) {
    return load.hasCpuBusyRatio() && load.getMemoryUsedRatio() > 0;
  }

  @Test
  void goesOnRunningItsServiceWhenTheAgentIsStopped() throws Exception {
    collector.start();
    agent.start();
    collector.applyPlan(PLAN);
    long pid = awaitService("the engine to be started", 0);
    assertThat(agent.terminate()).isZero();
    assertThat(collector.terminate()).isZero();
    assertThat(ProcessHandle.of(pid)).isPresent();
  }

  @Test
  void refusesAnAgentWhoseCertificateNamesAnotherHostWithoutACrashLoop() throws Exception {
    try (AgentProcess impostor = new AgentProcess(collector, "trade-b", "trade-a")) {
      collector.start();
      impostor.start();
      await("the refusal to be told", () -> impostor.log().contains("trade-a.crt"));
      assertThat(impostor.isAlive()).isTrue();
      assertThat(
              impostor.log().lines().filter(line -> line.contains("WARNING io.holdfast")).count())
          .as("told once")
          .isLessThanOrEqualTo(2);
    }
  }

  @Test
  void endsWithTwoAndAClearMessageWhenAPortIsInUse() throws Exception {
    collector.start();
    collector.eventsAfter(0);
    CollectorProcess second = collector.sibling("second", collector.agentsPort);
    try (second) {
      second.start();
      assertThat(second.awaitExit()).isEqualTo(2);
      assertThat(second.log()).contains("127.0.0.1:" + collector.agentsPort);
      assertThat(second.log()).doesNotContain("\tat ");
    }
  }

  @Test
  void endsWithTwoWhenAnotherAgentUsesTheRunDirectory() throws Exception {
    agent.start();
    await("the first agent", () -> Files.exists(directory.resolve("trade-a/run/agent.json")));
    try (AgentProcess second = new AgentProcess(collector, "trade-a", "trade-a")) {
      second.start();
      assertThat(second.awaitExit()).isEqualTo(2);
      assertThat(second.log()).contains("another agent uses the run directory");
    }
  }

  private long count(EventCase kind) throws Exception {
    return collector.eventsAfter(0).stream()
        .filter(event -> event.getEvent().getEventCase() == kind)
        .count();
  }

  private long awaitService(String what, long other) throws Exception {
    await(what, () -> agent.service() != 0 && agent.service() != other);
    return agent.service();
  }

  private void await(String what, Callable<Boolean> condition) throws Exception {
    new Awaiting(vertx).until(what, condition);
  }
}
