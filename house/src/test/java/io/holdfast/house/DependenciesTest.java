package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every library that a module names has its reason in docs/dependencies.md. */
class DependenciesTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");

  @Test
  void everyDependencyHasItsReason() throws IOException {
    String reasons = Files.readString(Repository.ROOT.resolve("docs/dependencies.md"));
    Set<String> silent = new TreeSet<>();
    try (Stream<Path> modules = Files.list(Repository.ROOT)) {
      for (Path pom : modules.map(module -> module.resolve("pom.xml")).toList()) {
        if (Files.exists(pom)) {
          Matcher match = DEPENDENCY.matcher(Files.readString(pom));
          while (match.find()) {
            if (!match.group(1).equals("io.holdfast") && !reasons.contains(match.group(2))) {
              silent.add(match.group(2));
            }
          }
        }
      }
    }
    assertThat(silent).as("named in a pom, not in docs/dependencies.md").isEmpty();
  }

  @Test
  void versionsStandInTheRootPomAlone() throws IOException {
    Set<String> own = new TreeSet<>();
    try (Stream<Path> modules = Files.list(Repository.ROOT)) {
      for (Path pom : modules.map(module -> module.resolve("pom.xml")).toList()) {
        if (Files.exists(pom)) {
          String afterParent = Files.readString(pom).replaceFirst("(?s)^.*?</parent>", "");
          if (Pattern.compile("<version>(?!\\$\\{)").matcher(afterParent).find()) {
            own.add(Repository.name(pom));
          }
        }
      }
    }
    assertThat(own).as("poms with a version of their own: move it to the root pom").isEmpty();
  }
}
