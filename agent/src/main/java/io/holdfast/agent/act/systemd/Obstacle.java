package io.holdfast.agent.act.systemd;

import java.util.Optional;

/** Why a unit is not acted on, with what to do about it. */
final class Obstacle {

  private Obstacle() {}

  /** What forbids any action on the unit. */
  static Optional<String> toAnything(String unit, UnitState state) {
    if (!state.id().equals(unit)) {
      return Optional.of(
          unit + " is another name of " + state.id() + ": name that one in agent.yaml");
    }
    String restart = state.restart();
    if (!restart.isEmpty() && !restart.equals("no")) {
      return Optional.of(
          "systemd itself restarts "
              + unit
              + ": Restart="
              + restart
              + "; the agent must be the only one: install the drop-in /etc/systemd/system/"
              + unit
              + ".d/50-holdfast.conf (holdfast-agent render dropin AGENT_YAML "
              + unit
              + ") and run systemctl daemon-reload");
    }
    return Optional.empty();
  }

  /** What forbids to start the unit. */
  static Optional<String> toStart(String unit, UnitState state) {
    return switch (state.loadState()) {
      case "loaded" -> toAnything(unit, state);
      case "masked" ->
          Optional.of(unit + " is masked: to allow its start, run systemctl unmask " + unit);
      case "not-found" ->
          Optional.of(
              "there is no unit " + unit + ": install it, or name the right one in agent.yaml");
      default ->
          Optional.of(
              "systemd cannot read "
                  + unit
                  + " ("
                  + state.loadState()
                  + "): see systemd-analyze verify "
                  + unit);
    };
  }
}
