package io.holdfast.agent.act.systemd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What systemd says of a unit: those of its properties that matter here. Immutable. */
final class UnitState {
  /** Codes of {@code ExecMainCode}, as in {@code siginfo}. */
  private static final int EXITED = 1;

  private static final Set<String> WANTED =
      Set.of(
          "Id",
          "LoadState",
          "ActiveState",
          "SubState",
          "NeedDaemonReload",
          "InvocationID",
          "Job",
          "StateChangeTimestampMonotonic",
          "ActiveEnterTimestampMonotonic",
          "Restart",
          "KillMode",
          "MainPID",
          "ExecMainPID",
          "ExecMainStartTimestampMonotonic",
          "ExecMainCode",
          "ExecMainStatus",
          "Result",
          "NRestarts",
          "ControlGroup",
          "ExecStart");

  private final Map<String, Object> values;

  private UnitState(Map<String, Object> values) {
    this.values = values;
  }

  /** The state that all properties tell. */
  static UnitState of(Map<?, ?> properties) {
    return new UnitState(Map.of()).with(properties);
  }

  /** The state after these changes. */
  UnitState with(Map<?, ?> changes) {
    Map<String, Object> next = new HashMap<>(values);
    changes.forEach(
        (name, value) -> {
          if (WANTED.contains(String.valueOf(name)) && value != null) {
            next.put(String.valueOf(name), value);
          }
        });
    return new UnitState(next);
  }

  /** The unit's own name; another one where it was asked for by an alias. */
  String id() {
    return text("Id");
  }

  /** {@code loaded}, {@code not-found}, {@code masked}, {@code bad-setting}, {@code error}. */
  String loadState() {
    return text("LoadState");
  }

  String activeState() {
    return text("ActiveState");
  }

  /** Active and sub-state, for people. */
  String described() {
    return activeState() + " (" + text("SubState") + ")";
  }

  /** Neither running, starting nor stopping: nothing of it is left, systemd says. */
  boolean isDown() {
    return activeState().equals("inactive") || hasFailed();
  }

  boolean hasFailed() {
    return activeState().equals("failed");
  }

  boolean isStopping() {
    return activeState().equals("deactivating");
  }

  /** Whether its main process runs, or it counts as running without one. */
  boolean isRunning() {
    return mainPid() > 0 || activeState().equals("active") || activeState().equals("reloading");
  }

  /** Whether its newest main process has ended. */
  boolean hasExited() {
    return lastPid() > 0 && mainPid() == 0 && number("ExecMainCode") != 0;
  }

  /** Its files changed since systemd read them. */
  boolean isOutdated() {
    return Boolean.TRUE.equals(values.get("NeedDaemonReload"));
  }

  /** Identifies one run of the unit, 32 hexadecimal digits; empty: it never ran. */
  String invocation() {
    StringBuilder digits = new StringBuilder();
    if (values.get("InvocationID") instanceof List<?> bytes) {
      bytes.forEach(one -> digits.append("%02x".formatted(((Number) one).intValue() & 0xff)));
    }
    return digits.toString();
  }

  /** The object of the job that is queued for it or under way; empty: there is none. */
  Optional<String> job() {
    return values.get("Job") instanceof List<?> job
            && job.size() == 2
            && job.getFirst() instanceof Number number
            && number.longValue() != 0
        ? Optional.of(String.valueOf(job.getLast()))
        : Optional.empty();
  }

  long stateChanged() {
    return number("StateChangeTimestampMonotonic");
  }

  /** {@code no}, or when systemd restarts it by itself. */
  String restart() {
    return text("Restart");
  }

  /** Whether stopping it ends all its processes, and not its main process alone. */
  boolean stopEndsAll() {
    return Set.of("control-group", "mixed", "").contains(text("KillMode"));
  }

  /** 0: no main process runs. */
  long mainPid() {
    return number("MainPID");
  }

  /** Of the newest main process, also once it ended; 0: there was none. */
  long lastPid() {
    return number("ExecMainPID");
  }

  /** When it began: microseconds of the monotonic clock. */
  long startedMicros() {
    return lastPid() > 0
        ? number("ExecMainStartTimestampMonotonic")
        : number("ActiveEnterTimestampMonotonic");
  }

  /** Exit code of the newest main process; -1 when a signal ended it. */
  int exitCode() {
    return number("ExecMainCode") == EXITED ? (int) number("ExecMainStatus") : -1;
  }

  /** The signal that ended the newest main process; 0 when it exited by itself. */
  int signal() {
    long code = number("ExecMainCode");
    return code == EXITED || code == 0 ? 0 : (int) number("ExecMainStatus");
  }

  /** {@code success}, {@code exit-code}, {@code signal}, {@code timeout}, {@code oom-kill} … */
  String result() {
    return text("Result");
  }

  int restarts() {
    return (int) Math.min(Integer.MAX_VALUE, number("NRestarts"));
  }

  /** Path of its cgroup, with a slash before it; empty: it has none. */
  String controlGroup() {
    return text("ControlGroup");
  }

  /** The program that it starts, for people. */
  String program() {
    return values.get("ExecStart") instanceof List<?> commands
            && !commands.isEmpty()
            && commands.getFirst() instanceof List<?> first
            && !first.isEmpty()
        ? String.valueOf(first.getFirst())
        : "its program";
  }

  private String text(String name) {
    return String.valueOf(values.getOrDefault(name, ""));
  }

  private long number(String name) {
    return values.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
