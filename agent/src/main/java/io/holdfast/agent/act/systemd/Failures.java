package io.holdfast.agent.act.systemd;

import java.util.Map;

/** Sentences for what went wrong, each with what to do or where to look. */
final class Failures {
  private static final Map<Integer, String> SYSTEMDS_OWN =
      Map.of(
          200, "its working directory cannot be entered (200/CHDIR)",
          203, "was not found or cannot be executed (203/EXEC)",
          209, "its output cannot be set up (209/STDOUT)",
          216, "its group is not there (216/GROUP)",
          217, "its user is not there (217/USER)",
          226, "its sandbox cannot be set up (226/NAMESPACE)",
          243, "its credentials cannot be read (243/CREDENTIALS)");

  /** The unit keeps the result of the run before it. */
  private static final String NOT_TRIED =
      "systemd did not try it, after too many starts in a short time: see StartLimitBurst of the"
          + " unit, and systemctl reset-failed";

  private Failures() {}

  /**
   * Of a call.
   *
   * @param doing such as {@code starting}
   */
  static String of(BusException failure, String doing, String unit) {
    if (failure.is("AccessDenied") || failure.is("InteractiveAuthorizationRequired")) {
      return "polkit does not allow "
          + doing
          + " "
          + unit
          + ": write /etc/polkit-1/rules.d/50-holdfast-agent.rules with: holdfast-agent render"
          + " polkit AGENT_YAML (systemd says: "
          + failure.getMessage()
          + ")";
    }
    if (failure.is("NoSuchUnit")) {
      return "there is no unit " + unit + ": install it, or name the right one in agent.yaml";
    }
    if (failure.is("UnitMasked")) {
      return unit + " is masked: to allow its start, run systemctl unmask " + unit;
    }
    return doing + " " + unit + ": " + failure.getMessage();
  }

  /**
   * Of a job that did not end well.
   *
   * @param result the job's
   * @param before the run of the unit before it
   * @param now the unit after it
   */
  static String ofJob(String doing, String unit, String result, String before, UnitState now) {
    boolean tried = !now.invocation().equals(before);
    String why =
        switch (result) {
          case "dependency" ->
              "a unit that it needs did not start: see systemctl list-dependencies " + unit;
          case "canceled" -> "another job took its place";
          case "timeout" -> "it did not end within its JobTimeoutSec";
          case "skipped" -> "one of its conditions does not hold";
          case "assert" -> "one of its assertions does not hold";
          default -> tried ? ofUnit(now) : NOT_TRIED;
        };
    return doing + " " + unit + " failed: " + why + "; see journalctl -u " + unit;
  }

  private static String ofUnit(UnitState now) {
    return switch (now.result()) {
      case "timeout" ->
          "it did not say within its TimeoutStartSec that it is ready (Result=timeout)";
      case "start-limit-hit" -> NOT_TRIED;
      case "exit-code" -> exit(now) + " (Result=exit-code)";
      case "signal", "core-dump", "watchdog", "oom-kill" ->
          "signal " + now.signal() + " ended it (Result=" + now.result() + ")";
      case "protocol" -> "it ended before it said that it is ready (Result=protocol)";
      case "resources" -> "systemd lacks something to start it (Result=resources)";
      default -> "it is " + now.described() + ", Result=" + now.result();
    };
  }

  private static String exit(UnitState now) {
    if (now.lastPid() == 0) {
      return "a command before its main process failed";
    }
    String own = SYSTEMDS_OWN.get(now.exitCode());
    return own == null ? "it exited with " + now.exitCode() : now.program() + ": " + own;
  }
}
