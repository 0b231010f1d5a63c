package io.holdfast.agent.act.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.agent.AgentEvent;
import io.holdfast.core.agent.AgentEvent.ProcessEnded;
import io.holdfast.core.agent.AgentEvent.ProcessNeverStarted;
import io.holdfast.core.agent.AgentEvent.ProcessRunning;
import io.holdfast.core.agent.Ending;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnitHistoryTest {
  private final UnitHistory history = new UnitHistory("engine", micros -> micros / 1_000);

  private static UnitState state(String active, int pid, int last, int code, int status) {
    return UnitState.of(
        Map.of(
            "ActiveState", active,
            "MainPID", pid,
            "ExecMainPID", last,
            "ExecMainStartTimestampMonotonic", last * 1_000L,
            "ExecMainCode", code,
            "ExecMainStatus", status,
            "Result", code == 2 ? "signal" : "success",
            "NRestarts", 3));
  }

  private static ProcessRunning running(long pid, boolean reattached) {
    return new ProcessRunning("engine", pid, pid, reattached);
  }

  private static ProcessEnded ended(long pid, int code, int signal, String result) {
    return new ProcessEnded("engine", pid, code, signal, new Ending(result, 3, List.of()));
  }

  @Test
  void aNewAgentHearsThePresentState() {
    assertThat(history.present(state("active", 7, 7, 0, 0))).isEqualTo(running(7, true));
    assertThat(history.present(state("failed", 0, 7, 2, 9))).isEqualTo(ended(7, -1, 9, "signal"));
    assertThat(history.present(state("inactive", 0, 0, 0, 0)))
        .isEqualTo(new ProcessNeverStarted("engine"));
  }

  @Test
  void aLifeThatBeganAndEndedBetweenTwoLooksIsToldWhole() {
    history.present(state("inactive", 0, 0, 0, 0));
    assertThat(history.apply(state("failed", 0, 8, 1, 143)))
        .containsExactly(running(8, false), ended(8, 143, 0, "success"));
    assertThat(history.apply(state("failed", 0, 8, 1, 143))).isEmpty();
  }

  @Test
  void anotherLifeEndsTheOneBefore() {
    history.present(state("active", 7, 7, 0, 0));
    assertThat(history.apply(state("active", 9, 9, 0, 0)))
        .containsExactly(new ProcessEnded("engine", 7, -1, 0), running(9, false));
  }

  @Test
  void whatSystemdForgotHasEnded() {
    history.present(state("active", 7, 7, 0, 0));
    assertThat(history.apply(state("deactivating", 0, 0, 0, 0))).isEmpty();
    assertThat(history.apply(state("inactive", 0, 0, 0, 0)))
        .containsExactly(new ProcessEnded("engine", 7, -1, 0));
  }

  @Test
  void aWaitForSystemdsOwnRestartIsAnEnd() {
    history.present(state("active", 7, 7, 0, 0));
    List<AgentEvent> told = history.apply(state("activating", 0, 7, 2, 11));
    assertThat(told).containsExactly(ended(7, -1, 11, "signal"));
  }

  @Test
  void whatNeverReachedItsProgramIsNotToldAsRunning() {
    history.present(state("inactive", 0, 0, 0, 0));
    assertThat(history.apply(state("failed", 0, 8, 1, 203)))
        .containsExactly(ended(8, 203, 0, "success"));
  }

  @Test
  void aFailureWithoutAProcessIsToldOnceForEachChange() {
    history.present(state("inactive", 0, 0, 0, 0));
    UnitState failed = state("failed", 0, 0, 0, 0).with(Map.of("Result", "exit-code"));
    assertThat(history.apply(failed)).containsExactly(ended(0, -1, 0, "exit-code"));
    assertThat(history.apply(failed)).isEmpty();
    UnitState again = failed.with(Map.of("StateChangeTimestampMonotonic", 5L));
    assertThat(history.apply(again)).hasSize(1);
  }
}
