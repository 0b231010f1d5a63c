package io.holdfast.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Moment;
import io.holdfast.core.plan.HostPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  void remembersWhenServicesWereLastWellWithinOneBoot() throws IOException {
    Map<String, Moment> lastGood =
        Map.of("database", new Moment(5, 1_700_000_000_000L), "web_ui", new Moment(7, 9));
    new LastGoodStore(directory, "boot-1").store(lastGood);
    assertThat(new LastGoodStore(directory, "boot-1").load()).isEqualTo(lastGood);
    assertThat(new LastGoodStore(directory, "boot-2").load()).isEmpty();
  }

  @Test
  void takesWhatItCannotReadForNotKnown() throws IOException {
    LastGoodStore store = new LastGoodStore(directory, "boot-1");
    assertThat(store.load()).isEmpty();
    for (String text :
        List.of("", "boot-1\nweb_ui x 1\n", "boot-1\nweb_ui\n", "boot-1\na -1 0\n")) {
      Files.writeString(directory.resolve("last-good"), text);
      assertThat(store.load()).isEmpty();
    }
  }
}
