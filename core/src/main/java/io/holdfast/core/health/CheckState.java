package io.holdfast.core.health;

import io.holdfast.core.Moment;
import io.holdfast.core.health.ProbeResult.Failed;
import io.holdfast.core.health.ProbeResult.Inconclusive;
import io.holdfast.core.health.ProbeResult.Passed;
import io.holdfast.core.plan.CheckTiming;
import java.util.Optional;

/**
 * What the results of one check add up to.
 *
 * <p>From HEALTHY only {@code failureThreshold} consecutive failures lead to UNHEALTHY, from
 * UNHEALTHY only {@code recoveryThreshold} consecutive passes lead back. Results that say nothing
 * are counted for themselves: as many as the failure threshold in a row make the verdict UNKNOWN.
 * From UNKNOWN one pass is enough: nothing speaks against it.
 *
 * @param fails consecutive failures, 0 or more
 * @param passes consecutive passes, 0 or more
 * @param blanks consecutive inconclusive results, 0 or more
 * @param last the last failure or inconclusive result since the last pass
 * @param lastPass when it last passed
 */
public record CheckState(
    Verdict verdict,
    int fails,
    int passes,
    int blanks,
    Optional<Reason> last,
    Optional<Moment> lastPass) {

  /** No result yet. */
  public static final CheckState NEW =
      new CheckState(Verdict.UNKNOWN, 0, 0, 0, Optional.empty(), Optional.empty());

  /** This state after one more result. */
  public CheckState after(String check, CheckTiming timing, ProbeResult result, Moment now) {
    return switch (result) {
      case Passed ignored -> passed(timing, now);
      case Failed failed ->
          failed(timing, new Reason(failed.code(), check, failed.detail()), verdict);
      case Inconclusive blank -> blank(timing, new Reason(blank.code(), check, blank.detail()));
    };
  }

  /** This state after evidence that needs no second result: the process's parent saw it end. */
  public CheckState afterProof(Reason proof) {
    return new CheckState(Verdict.UNHEALTHY, fails + 1, 0, 0, Optional.of(proof), lastPass);
  }

  /** Whether some results speak against the verdict, too few to change it. */
  public boolean isDeciding() {
    return switch (verdict) {
      case HEALTHY -> fails > 0 || blanks > 0;
      case UNHEALTHY -> passes > 0;
      case UNKNOWN -> fails > 0;
    };
  }

  private CheckState passed(CheckTiming timing, Moment now) {
    int grown = passes + 1;
    boolean good = verdict != Verdict.UNHEALTHY || grown >= timing.recoveryThreshold();
    return new CheckState(
        good ? Verdict.HEALTHY : verdict,
        0,
        grown,
        0,
        good ? Optional.empty() : last,
        Optional.of(now));
  }

  private CheckState failed(CheckTiming timing, Reason reason, Verdict before) {
    int grown = fails + 1;
    boolean bad = before == Verdict.UNHEALTHY || grown >= timing.failureThreshold();
    return new CheckState(
        bad ? Verdict.UNHEALTHY : before, grown, 0, 0, Optional.of(reason), lastPass);
  }

  private CheckState blank(CheckTiming timing, Reason reason) {
    int grown = blanks + 1;
    boolean lost = grown >= timing.failureThreshold();
    return new CheckState(
        lost ? Verdict.UNKNOWN : verdict,
        lost ? 0 : fails,
        lost ? 0 : passes,
        grown,
        Optional.of(reason),
        lastPass);
  }
}
