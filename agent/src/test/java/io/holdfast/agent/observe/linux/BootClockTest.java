package io.holdfast.agent.observe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootClockTest {
  @TempDir private Path directory;

  @Test
  void countsASuspensionInWhichTheFineClockStandsStill() throws IOException {
    Path uptime = Files.writeString(directory.resolve("uptime"), "1000.00 1.00\n");
    long[] nanos = {5_000_000_000L};
    try (BootClock clock = new BootClock(uptime, () -> nanos[0])) {
      assertThat(clock.millis()).isEqualTo(1_000_000);
      nanos[0] += 3_000_000;
      assertThat(clock.millis()).isEqualTo(1_000_003);
      Files.writeString(uptime, "4600.25 1.00\n");
      assertThat(clock.millis()).isEqualTo(4_600_250);
    }
  }

  @Property(tries = 200)
  void neverGoesBackIsNeverAheadAndLessThanTenMillisecondsBehind(
      @ForAll List<@IntRange(min = 0, max = 40_000_000) Integer> steps) throws IOException {
    Path uptime = Files.createTempFile("uptime", "");
    long[] nanos = {7};
    long boot = 123_456_789_012L;
    write(uptime, boot);
    try (BootClock clock = new BootClock(uptime, () -> nanos[0])) {
      long last = clock.millis();
      for (int step : steps) {
        boot += step;
        nanos[0] += step;
        write(uptime, boot);
        long now = clock.millis();
        assertThat(now).isBetween(Math.max(last, boot / 1_000_000 - 10), boot / 1_000_000);
        last = now;
      }
    } finally {
      Files.delete(uptime);
    }
  }

  private static void write(Path uptime, long bootNanos) throws IOException {
    long centiseconds = bootNanos / 10_000_000;
    Files.writeString(
        uptime,
        String.format(Locale.ROOT, "%d.%02d 0.00\n", centiseconds / 100, centiseconds % 100));
  }

  @Test
  void readsTheClockOfThisHost() throws IOException {
    try (BootClock clock = new BootClock()) {
      double before = seconds();
      double now = clock.millis() / 1000.0;
      assertThat(now).isBetween(before - 0.001, seconds() + 0.011);
    }
  }

  private static double seconds() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
  }

  @Test
  void theBootIdIsAUuid() {
    assertThat(BootId.read()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }
}
