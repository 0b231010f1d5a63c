package io.holdfast.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @Test
  void othersMayPassThroughButNotLookInto() throws IOException {
    RunFolder run = RunFolder.named().make();
    try {
      assertThat(permissions(run.path())).isEqualTo("rwx--x--x");
      assertThat(permissions(run.secrets())).isEqualTo("rwx------");
    } finally {
      run.delete();
    }
    assertThat(run.path()).doesNotExist();
  }

  @Test
  void deletingDoesNotFollowLinks(@TempDir Path elsewhere) throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious"), "keep me");
    RunFolder run = RunFolder.named().make();
    Files.createSymbolicLink(run.files().resolve("link"), elsewhere);

    run.delete();

    assertThat(run.path()).doesNotExist();
    assertThat(precious).exists();
  }

  @Test
  void showsTheLastFifteenLinesOfALog() throws IOException {
    RunFolder run = RunFolder.named().make();
    try {
      Files.writeString(run.log("x"), "line\n".repeat(40) + "the end\n");
      assertThat(run.endOfLog("x").lines()).hasSize(15).last().isEqualTo("the end");
      assertThat(run.endOfLog("none")).startsWith("(no log");
    } finally {
      run.delete();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
