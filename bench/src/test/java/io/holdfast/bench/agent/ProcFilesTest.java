package io.holdfast.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.demo.stage.StageException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcFilesTest {

  private static final String STAT =
      "42 (a (strange) name) S 1 42 42 0 -1 4194560 900 0 3 0 250 50 7 9 20 0 30 0 1234 5 6";

  @Test
  void addsUserAndSystemTimeWhateverTheProcessIsCalled() {
    assertThat(ProcFiles.cpuTicks(STAT)).isEqualTo(300);
  }

  @Test
  void aMegabyteIsAMillionBytes() {
    List<String> status = List.of("Name:\tjava", "VmHWM:\t  99999 kB", "VmRSS:\t  93750 kB");

    assertThat(ProcFiles.megabytes(status, "VmRSS:").orElseThrow()).isEqualTo(96.0, within(1e-9));
    assertThat(ProcFiles.megabytes(status, "Pss:")).isEmpty();
  }

  @Test
  void looksAtThisVeryProcess() throws Exception {
    long self = ProcessHandle.current().pid();
    var subject = new Subject("this", List.of(self));

    List<Consumption> seen =
        Window.over(List.of(subject), Duration.ofMillis(1), ClockTicks.perSecond());

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().residentMb().max()).isGreaterThan(10);
    assertThat(seen.getFirst().shareMb().orElseThrow()).isGreaterThan(10);
    assertThat(seen.getFirst().cpuSecondsPerMinute()).isNotNegative();
  }

  @Test
  void aProcessThatEndedIsAnErrorThatSaysSo() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();

    assertThatThrownBy(() -> ProcFiles.residentMb(gone.pid()))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("process " + gone.pid() + " ended");
  }
}
