package io.holdfast.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final List<String> told = new ArrayList<>();
  private long nanos;
  private final Loops loops = new Loops(() -> nanos);
  private final Notifier notifier =
      new Notifier(Optional.of(told::add), Optional.of(Duration.ofSeconds(9)));
  private final Watchdog watchdog = new Watchdog(notifier, loops);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void isFedWhileEveryLoopTurnsWithinItsBound() {
    Runnable checks = loops.add("checks", Duration.ofSeconds(10));
    Runnable link = loops.add("link", Duration.ofSeconds(60));
    for (int second = 0; second < 600; second += 5) {
      pass(Duration.ofSeconds(5));
      checks.run();
      if (second % 55 == 0) {
        link.run();
      }
      watchdog.look();
    }
    assertThat(told).hasSize(120).containsOnly("WATCHDOG=1");
  }

  @Test
  void isFedNoMoreOnceOneLoopStandsStillAndSaysWhich() {
    Runnable checks = loops.add("checks", Duration.ofSeconds(10));
    loops.add("sampling", Duration.ofSeconds(10));
    pass(Duration.ofSeconds(11));
    checks.run();
    watchdog.look();
    watchdog.look();
    assertThat(told).containsExactly("STATUS=stands still: sampling (since 11 s)");
  }

  @Test
  void isFedAgainWhenTheLoopGoesOn() {
    Runnable sampling = loops.add("sampling", Duration.ofSeconds(10));
    pass(Duration.ofSeconds(11));
    watchdog.look();
    sampling.run();
    watchdog.look();
    assertThat(told).last().isEqualTo("WATCHDOG=1");
  }

  @Test
  void aLoopThatIsAddedLaterHasItsBoundFromThenOn() {
    pass(Duration.ofMinutes(5));
    loops.add("lease", Duration.ofSeconds(2));
    watchdog.look();
    assertThat(told).containsExactly("WATCHDOG=1");
  }
}
