package io.holdfast.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoHomeTest {

  @TempDir Path root;

  @Test
  void leavesNothingBehindInTheCheckout() throws IOException {
    DemoHome home = DemoHome.take(root);
    home.record(RunFolder.named());
    home.writeCliYaml("collectors: []\n");
    assertThat(root.resolve(".holdfast/demo/cli.yaml")).exists();

    home.forget();
    home.close();

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void leavesAloneWhatOthersKeepBesideIt() throws IOException {
    Files.createDirectories(root.resolve(".holdfast"));
    Path other = Files.writeString(root.resolve(".holdfast/build-stamp"), "1");

    DemoHome.take(root).close();

    assertThat(other).exists();
    assertThat(root.resolve(".holdfast/demo")).doesNotExist();
  }

  @Test
  void tellsTheRunThatWasNotCleanedUp() throws IOException {
    RunFolder run = RunFolder.named();
    try (DemoHome killed = DemoHome.take(root)) {
      killed.record(run);
    }

    try (DemoHome next = DemoHome.take(root)) {
      assertThat(next.stale()).contains(run);
    }
  }

  @Test
  void neverTakesAnythingElseForARunFolder() throws IOException {
    try (DemoHome home = DemoHome.take(root)) {
      for (String folder :
          new String[] {"/", "/home", "holdfast-demo-1", "/tmp/holdfast-demo-1/..", ""}) {
        Files.writeString(root.resolve(".holdfast/demo/run"), "folder=" + folder + "\n");
        assertThat(home.stale()).as(folder).isEmpty();
      }
      Files.writeString(root.resolve(".holdfast/demo/run"), "\\u12");
      assertThat(home.stale()).isEmpty();
    }
  }

  @Test
  void saysWhenTheCheckoutCannotBeWritten() throws IOException {
    Files.writeString(root.resolve(".holdfast"), "a file");

    assertThatThrownBy(() -> DemoHome.take(root))
        .isInstanceOfSatisfying(StageException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessageContaining(".holdfast");
  }
}
