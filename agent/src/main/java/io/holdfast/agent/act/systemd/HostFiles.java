package io.holdfast.agent.act.systemd;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files by which a host lets its agent manage units: made from the allowlist alone. */
public final class HostFiles {

  /** The user that agents run as. */
  public static final String USER = "holdfast";

  private static final List<String> VERBS = List.of("kill", "restart", "start", "stop");

  private HostFiles() {}

  /**
   * The rule for polkit: that user may start, stop, restart and kill exactly these units, and
   * nothing else is said about anybody. The same units give the same text.
   */
  public static String polkitRule(Collection<String> units) {
    return """
        // Made by: holdfast-agent render polkit AGENT_YAML. Make it anew when the units change there.
        polkit.addRule(function(action, subject) {
          var units = [%s];
          var verbs = [%s];
          if (action.id === "org.freedesktop.systemd1.manage-units"
              && subject.user === "%s"
              && units.indexOf(action.lookup("unit")) >= 0
              && verbs.indexOf(action.lookup("verb")) >= 0) {
            return polkit.Result.YES;
          }
          return polkit.Result.NOT_HANDLED;
        });
        """
        .formatted(quoted(units), quoted(VERBS), USER);
  }

  /** The drop-in of one unit: the agent alone restarts it. */
  public static String dropIn(String unit) {
    return """
        # Made by: holdfast-agent render dropin AGENT_YAML %s
        # The agent is the only restarter: it knows the plan's attempts, waits and budget.
        [Service]
        Restart=no
        """
        .formatted(unit);
  }

  /**
   * Rule and drop-ins as one object of JSON: where each file lies, and its text.
   *
   * @param dropIns of each unit
   */
  public static String all(Map<String, String> dropIns) {
    Map<String, String> files = new TreeMap<>();
    files.put("/etc/polkit-1/rules.d/50-holdfast-agent.rules", polkitRule(dropIns.keySet()));
    dropIns.forEach(
        (unit, text) -> files.put("/etc/systemd/system/" + unit + ".d/50-holdfast.conf", text));
    return files.entrySet().stream()
        .map(file -> quoted(file.getKey()) + ": " + quoted(file.getValue()))
        .collect(Collectors.joining(",\n", "{", "}\n"));
  }

  /** The unit in which a job of this kind runs: an instance of a template of the package. */
  public static String jobUnit(String job, String kind) {
    return "holdfast-job-" + kind + "@" + job + ".service";
  }

  /**
   * The drop-in of a job's unit: who does the work, and where alone it may write.
   *
   * @param directory what needs no quotes in a unit file
   */
  public static String jobDropIn(String unit, String user, Path directory) {
    return """
        # Made by: holdfast-agent render dropin AGENT_YAML %s
        [Service]
        User=%s
        # A directory that is not there is for the job to tell.
        ReadWritePaths=-%s
        """
            .formatted(unit, user, directory)
        + shown(directory);
  }

  /** The template hides homes and temporary files, and has empty places for them. */
  private static String shown(Path directory) {
    boolean home = Stream.of("/home", "/root", "/run/user").anyMatch(directory::startsWith);
    boolean temporary = Stream.of("/tmp", "/var/tmp").anyMatch(directory::startsWith);
    return (home ? "ProtectHome=no\n" : "") + (temporary ? "PrivateTmp=no\n" : "");
  }

  private static String quoted(Collection<String> words) {
    return String.join(", ", words.stream().distinct().sorted().map(word -> quoted(word)).toList());
  }

  /** As text of JavaScript and JSON; what is no plain character is written by its number. */
  private static String quoted(String word) {
    StringBuilder text = new StringBuilder("\"");
    for (char c : word.toCharArray()) {
      boolean plain = c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '<';
      text.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return text.append('"').toString();
  }
}
