package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir static Path temp;
  private static Path script;

  @BeforeAll
  static void print() throws Exception {
    Invocation completion = new Invocation().run("completion", "bash");
    assertThat(completion.exitCode).isEqualTo(ExitCode.FINE);
    script = Files.writeString(temp.resolve("completion"), completion.out);
  }

  /** What a real bash offers after these words, the last of which is not complete. */
  private static List<String> complete(String... words) throws Exception {
    String commands =
        """
        set -e
        source "$0"
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        handler=$(complete -p holdfast | sed -n 's/.*-F \\([^ ]*\\).*/\\1/p')
        "$handler" || true
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    ProcessBuilder builder =
        new ProcessBuilder("bash", "--noprofile", "--norc", "-c", commands, script.toString());
    builder.command().addAll(List.of(words));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process bash = builder.start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).isZero();
    return out.lines().map(String::strip).toList();
  }

  @Test
  void completesCommandsAndSubcommands() throws Exception {
    assertThat(complete("holdfast", "ev")).containsExactly("events");
    assertThat(complete("holdfast", "plan", "")).contains("check", "apply", "show");
    assertThat(complete("./holdfast", "host")).containsExactly("hosts");
  }

  @Test
  void completesOptionsAndTheirValues() throws Exception {
    assertThat(complete("holdfast", "events", "--fo")).containsExactly("--follow");
    assertThat(complete("holdfast", "status", "--wa")).containsExactly("--watch");
    assertThat(complete("holdfast", "hosts", "-o", "")).contains("table", "json", "yaml");
    assertThat(complete("holdfast", "status", "--lang", "zh")).containsExactly("zh-TW");
    assertThat(complete("holdfast", "completion", "")).contains("bash", "zsh");
  }

  @Test
  void knowsOtherShellsNot() {
    Invocation fish = new Invocation().run("completion", "fish");
    assertThat(fish.exitCode).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(fish.err).contains("this is no value for bash|zsh: fish");
    assertThat(new Invocation().run("completion").err).contains("missing: bash|zsh");
    assertThat(new Invocation().run("completion", "zsh").out).contains("bashcompinit");
  }
}
