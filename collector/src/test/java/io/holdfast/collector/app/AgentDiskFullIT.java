package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.collector.ledger.SmallDisk;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.Event.EventCase;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.RecordedEvent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real agent whose state directory is on a disk that is full. */
class AgentDiskFullIT {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void healsOnAFullDiskSurvivesAKillAndTellsWhatWasLostOnceThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("trade-a/state"), "1m");
        CollectorProcess collector = new CollectorProcess(vertx, directory);
        AgentProcess agent = new AgentProcess(collector, "trade-a", "trade-a")) {
      Awaiting awaiting = new Awaiting(vertx);
      collector.start();
      agent.start();
      collector.applyPlan(OneService.plan("30s"));
      awaiting.until("the engine", () -> agent.service() != 0);
      disk.fill();
      crashUntil(awaiting, agent, "cannot be written, events wait in memory");

      collector.applyPlan(OneService.plan("20s"));
      awaiting.until(
          "the agent to say that it cannot store the plan",
          () -> agent.log().contains("cannot be stored, the one before stays in force"));
      assertThat(agent.log())
          .contains("No space left on device")
          .doesNotContainPattern("IOException[^\n]*\n\tat ");
      agent.kill();
      agent.start();
      awaiting.until(
          "the next agent to say what was lost",
          () -> agent.log().contains("that the agent before this one could not write are lost"));
      crash(awaiting, agent);

      disk.free();
      awaiting.until(
          "the verdict after the drop", () -> isToldAfterTheDrop(collector.eventsAfter(0)));
      assertThat(collector.eventsAfter(0).stream().map(event -> event.getEvent().getSequence()))
          .isSorted()
          .doesNotHaveDuplicates();
      awaiting.until(
          "the new plan to be in force",
          () ->
              collector.eventsAfter(0).stream()
                      .filter(event -> event.getEvent().getEventCase() == EventCase.PLAN_STORED)
                      .map(event -> event.getEvent().getPlanStored().getPlanHash())
                      .distinct()
                      .count()
                  == 2);
    }
  }

  private static boolean isToldAfterTheDrop(List<RecordedEvent> events) {
    boolean dropped = false;
    boolean told = false;
    for (RecordedEvent recorded : events) {
      Event event = recorded.getEvent();
      if (event.getEventCase() == EventCase.EVENTS_DROPPED) {
        dropped = event.getEventsDropped().getCount() > 0;
        told = false;
      } else if (event.getEventCase() == EventCase.VERDICT_CHANGED) {
        told = event.getVerdictChanged().getTo() == Verdict.VERDICT_HEALTHY;
      }
    }
    return dropped && told;
  }

  /** The last page of a file takes some more events after the disk is full. */
  private static void crashUntil(Awaiting awaiting, AgentProcess agent, String said)
      throws Exception {
    for (int crashes = 0; crashes < 30 && !agent.log().contains(said); crashes++) {
      crash(awaiting, agent);
    }
    assertThat(agent.log()).contains(said);
  }

  private static void crash(Awaiting awaiting, AgentProcess agent) throws Exception {
    awaiting.until("the engine", () -> agent.service() != 0);
    long before = agent.service();
    ProcessHandle.of(before).ifPresent(ProcessHandle::destroyForcibly);
    awaiting.until(
        "the engine to be restarted", () -> agent.service() != 0 && agent.service() != before);
  }
}
