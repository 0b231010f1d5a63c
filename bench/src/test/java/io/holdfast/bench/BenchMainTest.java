package io.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchMainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final BenchMain main =
      new BenchMain(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8));

  @Test
  void withoutANameItSaysWhichBenchesThereAreAndWhatTheyNeed() {
    assertThat(main.run()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("agent", "needs: jdk", "monit");
  }

  @Test
  void anUnknownNameEndsWithTwoAndWhatThereIs() {
    assertThat(main.run("agnet", "--quick")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("there is no bench agnet; there are: agent");
  }

  @Test
  void wrongUsageEndsWithTwoAndTheUsage() {
    for (String[] wrong :
        new String[][] {{"--fast"}, {"agent", "restore"}, {"agent", "--seed=x"}, {"--lab"}}) {
      assertThat(main.run(wrong)).isEqualTo(2);
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "unknown option: --fast",
            "one bench at a time",
            "--seed=x",
            "--lab goes with",
            "usage:");
    assertThat(main.run("--help")).isZero();
  }

  @Test
  void withoutItsProgramsABenchEndsWithTwoBeforeItStartsAnything() {
    String before = System.getProperty("holdfast.node_exporter", "");
    System.setProperty("holdfast.node_exporter", "/no/such/program");
    try {
      assertThat(main.run("agent")).isEqualTo(2);
    } finally {
      System.setProperty("holdfast.node_exporter", before);
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("prometheus-node-exporter is needed", "./holdfast bench");
  }

  @Test
  void inTheLabItIsABenchOfItsOwn() {
    assertThat(BenchOptions.parse(new String[] {"--lab", "agent"}).name()).hasValue("agent --lab");
    assertThat(main.run("restore", "--lab")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no bench restore --lab");
  }

  @Test
  void takesTheSeedOrChoosesOne() {
    BenchOptions given = BenchOptions.parse(new String[] {"agent", "--quick", "--seed=7"});
    assertThat(given.seed()).isEqualTo(7);
    assertThat(given.quick()).isTrue();
    assertThat(BenchOptions.parse(new String[] {"agent"}).seed()).isNotNegative();
  }

  @Test
  void theLauncherInstallsWhatEachBenchNeeds() throws IOException {
    String needs = Files.readString(Path.of("../launcher/needs.sh")).replace('"', '\'');
    Matcher lab = Pattern.compile("lab_needs='([a-z0-9_ ]+)'").matcher(needs);
    assertThat(lab.find()).isTrue();
    for (Bench bench : Benches.ALL) {
      String name = bench.name().replace(" --", "-");
      assertThat(needs.replace("$lab_needs", lab.group(1)))
          .as("a row of needs_of in launcher/needs.sh")
          .contains("bench-%s) echo '%s' ;;".formatted(name, String.join(" ", bench.needs())));
    }
  }
}
