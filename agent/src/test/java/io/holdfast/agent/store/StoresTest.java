package io.holdfast.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Moment;
import io.holdfast.core.agent.ServiceMemory;
import io.holdfast.core.agent.ServiceMemory.AttemptMemory;
import io.holdfast.core.agent.ServiceMemory.OutageStart;
import io.holdfast.core.healing.HealingLog;
import io.holdfast.core.plan.HealingRule.Trigger;
import io.holdfast.core.plan.HostPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {
  private static final HostPlan PLAN =
      new HostPlan("sha256:1", "trade-a", "ai-trader", List.of(), List.of());

  @TempDir Path directory;

  @Test
  void findsThePlanAgain() throws IOException {
    PlanStore store = new PlanStore(directory.resolve("state"));
    assertThat(store.load()).isEmpty();
    store.store(PLAN);
    assertThat(new PlanStore(directory.resolve("state")).load()).contains(PLAN);
  }

  @Test
  void refusesAPlanOfWhichAByteHasChanged() throws IOException {
    PlanStore store = new PlanStore(directory);
    store.store(PLAN);
    Path file = directory.resolve("plan.bin");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x20;
      Files.write(file, damaged);
      assertThatThrownBy(store::load)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void keepsThePlanBeforeWhenTheDiskDoesNotTakeTheNewOne() throws IOException {
    PlanStore store = new PlanStore(directory);
    store.store(PLAN);
    Files.createDirectory(directory.resolve("plan.bin.new"));
    assertThatThrownBy(() -> store.store(PLAN)).isInstanceOf(IOException.class);
    assertThat(store.load()).contains(PLAN);
  }

  @Test
  void leavesEverythingToTheNextAgentOfTheSameBoot() throws IOException {
    Moment good = new Moment(5, 1_700_000_000_000L);
    Map<String, ServiceMemory> memories =
        Map.of(
            "database",
            new ServiceMemory(
                Optional.of(good), Optional.empty(), HealingLog.NEW, Optional.empty()),
            "web_ui",
            new ServiceMemory(
                Optional.of(good),
                Optional.of(new OutageStart(Optional.of(good))),
                new HealingLog(2, List.of(3L, 9L), OptionalLong.of(12)),
                Optional.of(new AttemptMemory(Trigger.HIGH_MEMORY_USAGE, 2, 9))),
            "never_well",
            new ServiceMemory(
                Optional.empty(),
                Optional.of(new OutageStart(Optional.empty())),
                HealingLog.NEW,
                Optional.of(new AttemptMemory(Trigger.SERVICE_DOWN, 1, 9))));
    new MemoryStore(directory, "boot-1").store(memories);
    assertThat(new MemoryStore(directory, "boot-1").load()).isEqualTo(memories);
    assertThat(new MemoryStore(directory, "boot-2").load()).isEmpty();
  }

  @Test
  void takesWhatItCannotReadForNotKnown() throws IOException {
    MemoryStore store = new MemoryStore(directory, "boot-1");
    assertThat(store.load()).isEmpty();
    Files.writeString(directory.resolve("memory.bin"), "no message at all");
    assertThat(store.load()).isEmpty();
  }
}
