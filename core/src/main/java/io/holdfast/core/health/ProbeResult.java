package io.holdfast.core.health;

/** How one run of a check ended. */
public sealed interface ProbeResult {

  /** Whether what was looked at answered, be it as it should or not. */
  default boolean isAnswer() {
    return switch (this) {
      case Passed ignored -> true;
      case Failed failed -> failed.code().isAnswer();
      case Inconclusive inconclusive -> inconclusive.code().isAnswer();
    };
  }

  /** What was looked at is as it should be. */
  record Passed() implements ProbeResult {}

  /** What was looked at is not as it should be. */
  record Failed(ReasonCode code, String detail) implements ProbeResult {}

  /** Nothing was learnt: neither a pass nor a failure, and never counted as one. */
  record Inconclusive(ReasonCode code, String detail) implements ProbeResult {}
}
