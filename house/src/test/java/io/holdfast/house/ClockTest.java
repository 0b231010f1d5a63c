package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing sets the machine's clock. Inside a host of the lab it is the same one: a test that moves
 * it would move it for everything that runs here.
 */
class ClockTest {

  private static final Pattern SETS_A_CLOCK =
      Pattern.compile(
          "\\bdate +(-s|--set|[0-9]{8,})\\b|timedatectl +set-|hwclock|settimeofday|clock_settime"
              + "|clock_adjtime|\\badjtimex\\b|\\bntpdate\\b|makestep|\\bstime\\(");

  private static final Set<String> NOT_OURS = Set.of(".git", ".holdfast", "target", "node_modules");

  @Test
  void nothingHereSetsTheClockOfTheMachine() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    collect(Repository.ROOT, files);
    for (Path file : files) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      text.lines()
          .filter(line -> SETS_A_CLOCK.matcher(line).find())
          .forEach(line -> found.add(Repository.name(file) + ": " + line.strip()));
    }
    assertThat(files).hasSizeGreaterThan(100);
    assertThat(found).as("./holdfast lab clock shifts the clock of one host's services").isEmpty();
  }

  @Test
  void aLineThatSetsAClockIsFound() {
    assertThat(
            Stream.of(
                "  date -s 12:00",
                "date --set=@0",
                "sudo timedatectl set-time 12:00",
                "hwclock -w"))
        .allMatch(line -> SETS_A_CLOCK.matcher(line).find());
    assertThat(Stream.of("date -u", "date -d @0", "update --settings"))
        .noneMatch(line -> SETS_A_CLOCK.matcher(line).find());
  }

  private static void collect(Path directory, List<Path> files) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (Files.isSymbolicLink(entry)
            || NOT_OURS.contains(name)
            || name.equals("ClockTest.java")) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          collect(entry, files);
        } else {
          files.add(entry);
        }
      }
    }
  }
}
