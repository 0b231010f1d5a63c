package io.holdfast.collector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.holdfast.proto.agent.v1.AgentMessage;
import io.holdfast.proto.agent.v1.Event;
import io.holdfast.proto.agent.v1.EventBatch;
import io.holdfast.proto.agent.v1.HealingFailed;
import io.holdfast.proto.agent.v1.Heartbeat;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.agent.v1.PlanAck;
import io.holdfast.proto.agent.v1.Refusal.Reason;
import io.holdfast.proto.agent.v1.ServiceVerdict;
import io.holdfast.proto.v1.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent with a valid certificate that breaks every rule, against a heap of 160 MiB. */
class RogueAgentIT {
  private static final long MIB = 1 << 20;
  private static final int MANY = 250_000;
  private static final long FLOOD = 60_000;
  private static final String SLOWED = "stream of trade-b brings more than it may";

  @TempDir Path directory;

  @Test
  void aRogueAgentHarmsNobodyElse() throws Exception {
    try (Siege siege = new Siege(directory)) {
      for (AgentMessage absurd : absurdities()) {
        refused(siege, absurd);
      }
      siege.assertServedThroughout();
      long acknowledged = 0;
      for (int stream = 1; stream <= 2; stream++) {
        acknowledged = flooded(siege);
      }
      assertThat(siege.liveBytes()).as("live bytes after the flood").isLessThan(110 * MIB);
      assertThat(acknowledged).isBetween(1_000L, FLOOD / 4);
      assertThat(bytes(siege.collector.ledgerDirectory())).isLessThan(200 * MIB);
      assertThat(siege.collector.log().lines().count()).as("lines of the log").isLessThan(200);

      siege.collector.kill();
      siege.collector.start(Siege.HEAP);
      assertThat(siege.collector.status().getHostsList()).hasSize(2);
      List<RecordedEvent> kept = siege.collector.eventsAfter(0);
      assertThat(kept).extracting(RecordedEvent::getHost).contains("trade-a", "trade-b");
      siege.await("live bytes after the restart", () -> siege.liveBytes() < 110 * MIB);
      siege.await(
          "the honest agent to be back",
          () -> siege.collector.status().getHostsList().stream().anyMatch(h -> h.getConnected()));
    }
  }

  private static void refused(Siege siege, AgentMessage absurd) throws Exception {
    try (RogueAgent rogue = new RogueAgent(siege, siege.collector)) {
      rogue.send(absurd);
      rogue.send(ended());
      siege.await("a refusal", () -> rogue.refusal().isPresent());
      assertThat(rogue.refusal().orElseThrow().getReason()).isEqualTo(Reason.REASON_BAD_MESSAGE);
    }
  }

  /** For some seconds; honest agents and operators are served meanwhile. */
  private static long flooded(Siege siege) throws Exception {
    try (RogueAgent rogue = new RogueAgent(siege, siege.collector)) {
      rogue.flood(FLOOD);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      siege.await(
          "the flood to be slowed down",
          () -> System.nanoTime() > end && siege.collector.log().contains(SLOWED));
      siege.assertServedThroughout();
      assertThat(rogue.refusal()).as("a slow reader is no refusal").isEmpty();
      return rogue.acknowledged();
    }
  }

  /** None of them has more than 1 MiB: nothing larger reaches the collector's own rules. */
  private static List<AgentMessage> absurdities() {
    Event nothing = Event.getDefaultInstance();
    UnknownFieldSet.Builder unknown = UnknownFieldSet.newBuilder();
    for (int number = 1_000; number < 100_000; number++) {
      unknown.addField(number, UnknownFieldSet.Field.newBuilder().addVarint(1).build());
    }
    HealingFailed.Builder failed =
        HealingFailed.newBuilder().setTrigger("SERVICE_DOWN").setDetail("x".repeat(900_000));
    return List.of(
        events(EventBatch.newBuilder().addAllEvents(Collections.nCopies(MANY, nothing))),
        events(EventBatch.newBuilder().addEvents(nothing.toBuilder().setHealingFailed(failed))),
        events(EventBatch.newBuilder().addEvents(nothing.toBuilder().setSequence(-1))),
        heartbeat(
            Heartbeat.newBuilder()
                .addAllVerdicts(Collections.nCopies(MANY, ServiceVerdict.getDefaultInstance()))),
        heartbeat(
            Heartbeat.newBuilder()
                .setSample(
                    HostSample.newBuilder()
                        .addAllDisks(
                            Collections.nCopies(MANY, HostSample.Disk.getDefaultInstance())))),
        heartbeat(Heartbeat.newBuilder().setUnknownFields(unknown.build())));
  }

  private static AgentMessage ended() {
    return AgentMessage.newBuilder()
        .setPlanAck(PlanAck.newBuilder().setPlanHash("x".repeat(500)))
        .build();
  }

  private static AgentMessage events(EventBatch.Builder batch) {
    return AgentMessage.newBuilder().setEvents(batch).build();
  }

  private static AgentMessage heartbeat(Heartbeat.Builder heartbeat) {
    return AgentMessage.newBuilder().setHeartbeat(heartbeat).build();
  }

  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
