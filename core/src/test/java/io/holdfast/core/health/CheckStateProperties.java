package io.holdfast.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Moment;
import io.holdfast.core.plan.CheckTiming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CheckStateProperties {

  enum Outcome {
    PASS,
    FAIL,
    BLANK
  }

  @Property
  void thresholdsNeverFlipEarlyNorLate(
      @ForAll @IntRange(min = 1, max = 6) int failures,
      @ForAll @IntRange(min = 1, max = 6) int recoveries,
      @ForAll @Size(max = 60) List<Outcome> outcomes) {
    CheckTiming timing =
        new CheckTiming(Duration.ofSeconds(30), Duration.ofSeconds(1), failures, recoveries);
    CheckState state = CheckState.NEW;
    List<Outcome> seen = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Verdict before = state.verdict();
      state = state.after("http", timing, result(outcome), new Moment(seen.size(), 0));
      seen.add(outcome);
      if (before == Verdict.HEALTHY && state.verdict() == Verdict.UNHEALTHY) {
        assertThat(run(telling(seen), Outcome.FAIL)).isGreaterThanOrEqualTo(failures);
      }
      if (before == Verdict.UNHEALTHY && state.verdict() == Verdict.HEALTHY) {
        assertThat(run(telling(seen), Outcome.PASS)).isGreaterThanOrEqualTo(recoveries);
      }
      if (run(seen, Outcome.FAIL) >= failures) {
        assertThat(state.verdict()).isEqualTo(Verdict.UNHEALTHY);
      }
      if (run(seen, Outcome.PASS) >= recoveries) {
        assertThat(state.verdict()).isEqualTo(Verdict.HEALTHY);
      }
    }
  }

  @Property
  void resultsThatSayNothingNeverMakeAVerdict(
      @ForAll @IntRange(min = 1, max = 6) int failures,
      @ForAll @IntRange(min = 1, max = 20) int blanks) {
    CheckTiming timing =
        new CheckTiming(Duration.ofSeconds(30), Duration.ofSeconds(1), failures, 2);
    CheckState state =
        CheckState.NEW.after("http", timing, new ProbeResult.Passed(), new Moment(0, 0));
    for (int i = 1; i <= blanks; i++) {
      state = state.after("http", timing, result(Outcome.BLANK), new Moment(i, 0));
      assertThat(state.verdict()).isEqualTo(i < failures ? Verdict.HEALTHY : Verdict.UNKNOWN);
    }
  }

  private static ProbeResult result(Outcome outcome) {
    return switch (outcome) {
      case PASS -> new ProbeResult.Passed();
      case FAIL -> new ProbeResult.Failed(ReasonCode.CONNECTION_REFUSED, "");
      case BLANK -> new ProbeResult.Inconclusive(ReasonCode.PROBE_BROKEN, "");
    };
  }

  /** Results that say nothing neither add to a run nor break it. */
  private static List<Outcome> telling(List<Outcome> seen) {
    return seen.stream().filter(outcome -> outcome != Outcome.BLANK).toList();
  }

  private static int run(List<Outcome> seen, Outcome kind) {
    int length = 0;
    for (Outcome outcome : seen.reversed()) {
      if (outcome != kind) {
        break;
      }
      length++;
    }
    return length;
  }
}
