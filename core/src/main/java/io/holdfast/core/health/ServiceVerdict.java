package io.holdfast.core.health;

import java.util.List;
import java.util.Map;

/**
 * What a service's checks say together: UNHEALTHY if one is, else UNKNOWN if one is, else HEALTHY.
 *
 * @param reasons of the checks that make it so, each once; empty when it is HEALTHY
 */
public record ServiceVerdict(Verdict verdict, List<Reason> reasons) {

  /** Copies the list. */
  public ServiceVerdict {
    reasons = List.copyOf(reasons);
  }

  /** The verdict over {@code checks} by name; UNKNOWN when there are none. */
  public static ServiceVerdict of(Map<String, CheckState> checks) {
    Verdict worst = checks.isEmpty() ? Verdict.UNKNOWN : Verdict.HEALTHY;
    for (CheckState check : checks.values()) {
      worst = worse(worst, check.verdict());
    }
    Verdict verdict = worst;
    List<Reason> reasons =
        checks.entrySet().stream()
            .filter(entry -> verdict != Verdict.HEALTHY && entry.getValue().verdict() == verdict)
            .map(entry -> reason(entry.getKey(), entry.getValue()))
            .distinct()
            .toList();
    return new ServiceVerdict(verdict, reasons);
  }

  private static Verdict worse(Verdict one, Verdict other) {
    if (one == Verdict.UNHEALTHY || other == Verdict.UNHEALTHY) {
      return Verdict.UNHEALTHY;
    }
    return one == Verdict.UNKNOWN ? one : other;
  }

  private static Reason reason(String check, CheckState state) {
    return state.last().orElse(new Reason(ReasonCode.NOT_CHECKED_YET, check, ""));
  }
}
