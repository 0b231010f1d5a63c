package io.holdfast.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A playbook of {@code ansible/} that was played on the hosts of the lab.
 *
 * @param exitCode of ansible-playbook; 0: every host is as it is to be
 * @param said all that it said, each run of white space as one blank, without the quotes of YAML
 * @param changed how many tasks changed something, by host; none where it did not get to its end
 */
record Played(int exitCode, String said, Map<String, Integer> changed) {
  private static final Pattern RECAP =
      Pattern.compile("(?m)^(\\S+) +: ok=\\d+ +changed=(\\d+) +unreachable=");

  Played {
    changed = Map.copyOf(changed);
  }

  static Played of(Lab lab, String playbook, String... arguments) {
    List<String> words = new ArrayList<>(List.of("lab", "play", playbook));
    words.addAll(List.of(arguments));
    Ran ran = lab.command(words.toArray(String[]::new));
    Map<String, Integer> changed = new TreeMap<>();
    RECAP
        .matcher(ran.out())
        .results()
        .forEach(host -> changed.put(host.group(1), Integer.parseInt(host.group(2))));
    String said = (ran.out() + " " + ran.error()).replaceAll("\\s+", " ").replace("''", "'");
    return new Played(ran.exitCode(), said, changed);
  }

  /** Whether it went to its end, and nothing was changed on any host. */
  boolean changedNothing() {
    return !changed.isEmpty() && changed.values().stream().allMatch(count -> count == 0);
  }
}
