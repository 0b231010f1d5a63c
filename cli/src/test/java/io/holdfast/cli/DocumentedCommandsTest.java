package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/cli.md and the command know the same commands and options. */
class DocumentedCommandsTest {
  private static final Pattern SESSION = Pattern.compile("(?m)^\\$ holdfast (.*)$");
  private static final Pattern GLOBAL = Pattern.compile("^(?:--lang \\S+ |--config \\S+ )+");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
  private static final Set<String> EVERYWHERE = Set.of("--help", "--version", "--output");

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/cli.md"));
  }

  private static String help(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    words.add("--help");
    words.remove("");
    return new Invocation().run(words.toArray(String[]::new)).out;
  }

  /** Every command that does something: {@code status}, {@code plan check}. */
  private static Set<String> existing() {
    Set<String> commands = new TreeSet<>();
    addBelow("", commands);
    return commands;
  }

  private static void addBelow(String command, Set<String> commands) {
    String help = help(command);
    int list = help.indexOf("Commands:");
    if (list < 0) {
      commands.add(command);
      return;
    }
    Pattern.compile("(?m)^  ([a-z]+)  ")
        .matcher(help.substring(list))
        .results()
        .forEach(found -> addBelow((command + " " + found.group(1)).strip(), commands));
  }

  @Test
  void everyCommandAndOptionIsDocumented() throws IOException {
    String page = page();
    Set<String> existing = existing();
    assertThat(existing).contains("status", "events", "plan apply", "pki demo");
    for (String command : existing) {
      assertThat(page).containsPattern("holdfast (--lang \\S+ )?" + command + "\\b");
      OPTION
          .matcher(help(command))
          .results()
          .map(MatchResult::group)
          .filter(option -> !EVERYWHERE.contains(option))
          .forEach(option -> assertThat(page).as(command).contains(option));
    }
  }

  @Test
  void everyCommandAndOptionOfTheSessionsExists() throws IOException {
    Set<String> existing = existing();
    List<String> lines = SESSION.matcher(page()).results().map(found -> found.group(1)).toList();
    assertThat(lines).hasSizeGreaterThan(10);
    for (String line : lines) {
      String typed = GLOBAL.matcher(line.replaceFirst(" *[#|>].*", "")).replaceFirst("");
      String command =
          existing.stream()
              .filter(known -> typed.equals(known) || typed.startsWith(known + " "))
              .findFirst()
              .orElseThrow(() -> new AssertionError("there is no such command: " + line));
      String help = help(command);
      OPTION
          .matcher(typed)
          .results()
          .forEach(option -> assertThat(help).as(line).contains(option.group()));
    }
  }
}
