package io.holdfast.lab;

import java.util.List;

/** What systemd is asked over D-Bus by some user of a host, past the agent. */
public final class AskedSystemd {
  private AskedSystemd() {}

  /** The command with which that user has a method of systemd's manager do something to a unit. */
  public static List<String> by(String user, String method, String unit) {
    return List.of(
        "setpriv",
        "--reuid=" + user,
        "--clear-groups",
        "busctl",
        "call",
        "org.freedesktop.systemd1",
        "/org/freedesktop/systemd1",
        "org.freedesktop.systemd1.Manager",
        method,
        "ss",
        unit,
        "replace");
  }
}
