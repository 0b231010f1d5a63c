package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.house.Sandbox.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage {@code rebuild}, with a Maven whose builds are told to vary. */
class RebuildTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      case "$*" in *--version*) echo Apache Maven 3.8.7; exit 0 ;; esac
      mkdir -p target
      echo '{}' >target/bom.json
      for app in cli agent collector demo bench; do
        mkdir -p $app/target/lib
        echo same >$app/target/holdfast-$app-1.jar
        echo same >$app/target/lib/core-1.jar
      done
      case $FAKE_VARIES in
        folder) readlink -f . >agent/target/holdfast-agent-1.jar ;;
        zone) echo "made in $TZ" >target/bom.json ;;
        library) [ -n "$TZ" ] || echo old >cli/target/lib/core-0.jar ;;
      esac
      """;

  /** Every file is a jar of one entry. */
  private static final String JAR = "#!/bin/sh\ncat \"$2\" >Entry.class\n";

  @TempDir Path temp;
  private Sandbox machine;

  @BeforeEach
  void makeMachine() throws Exception {
    machine = new Sandbox(temp).bring("jdk", "21").bring("maven").program("mvn", MAVEN);
    Path jar = machine.file("jvm/jdk-21/bin/jar");
    Files.writeString(jar, JAR);
    assertThat(jar.toFile().setExecutable(true)).isTrue();
    Path checkout = machine.file("check out");
    Files.createDirectories(checkout.resolve(".mvn"));
    for (String module : List.of("", "cli", "agent", "collector", "demo", "bench")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.writeString(checkout.resolve(module).resolve("pom.xml"), "<project/>");
    }
    machine.with("TMPDIR", Files.createDirectory(machine.file("tmp")).toString());
  }

  private Ended rebuild(String varies) throws Exception {
    return machine.with("FAKE_VARIES", varies).holdfast("test", "--only", "rebuild");
  }

  @Test
  void theSameBytesPassAndNothingIsLeft() throws Exception {
    Ended ended = rebuild("nothing");
    assertThat(ended.text()).contains("built twice: 11 files the same, 0 different");
    assertThat(ended.exitCode()).isZero();
    assertThat(machine.file("tmp")).isEmptyDirectory();
  }

  @Test
  void aJarThatKnowsItsFolderFailsWithTheEntry() throws Exception {
    Ended ended = rebuild("folder");
    assertThat(ended.text())
        .contains("agent/target/holdfast-agent-1.jar differs:")
        .contains("Files here/Entry.class and there/Entry.class differ")
        .contains("built twice: 10 files the same, 1 different")
        .contains("the other build is kept: ");
    assertThat(ended.exitCode()).isEqualTo(1);
  }

  @Test
  void aListThatKnowsItsTimeZoneFailsWithTheLine() throws Exception {
    Ended ended = rebuild("zone");
    assertThat(ended.text())
        .contains("target/bom.json differs:")
        .contains("> made in Pacific/Kiritimati");
    assertThat(ended.exitCode()).isEqualTo(1);
  }

  @Test
  void aLibraryThatOnlyOneBuildHasFails() throws Exception {
    Ended ended = rebuild("library");
    assertThat(ended.text())
        .contains("cli/target/lib/core-0.jar differs:")
        .contains("only one of the builds made it");
    assertThat(ended.exitCode()).isEqualTo(1);
  }
}
