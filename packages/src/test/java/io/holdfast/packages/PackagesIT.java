package io.holdfast.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packages that were built, as they would lie on a host. */
class PackagesIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @ParameterizedTest
  @CsvSource({"agent,holdfast-agent", "collector,holdfast-collector", "cli,holdfast"})
  void everyProgramRunsOnItsOwnRuntime(String program, String command) throws Exception {
    Said said =
        Said.by(List.of(tree(program).resolve("usr/bin/" + command).toString(), "--version"));
    assertThat(said.text().strip())
        .isEqualTo(command + " " + version().getProperty("packages.build"));
    assertThat(said.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"agent", "collector", "cli"})
  void theArchiveOfClassesFitsTheProgram(String program) throws Exception {
    Path classes = TARGET.resolve(program + ".classes");
    Said unpacked =
        Said.by(
            List.of(
                "sh",
                "-c",
                "gunzip -c \"$0\" >\"$1\"",
                tree(program).resolve("usr/lib/holdfast/" + program + "/classes.gz").toString(),
                classes.toString()));
    assertThat(unpacked.code()).as(unpacked.text()).isZero();
    // The start script says where it lies.
    Path archive = tree(program).resolve("usr/lib/holdfast/" + program + "/" + program + ".jsa");
    try {
      Said dumped = version(program, "-Xshare:dump \"-XX:SharedClassListFile=" + classes + "\"");
      assertThat(Files.exists(archive)).as(dumped.text()).isTrue();
      Said strict = version(program, "-Xshare:on");
      assertThat(strict.text()).contains(version().getProperty("packages.build"));
      assertThat(strict.code()).isZero();
    } finally {
      Files.deleteIfExists(archive);
    }
  }

  @ParameterizedTest
  @CsvSource({"agent", "collector", "cli"})
  void everyPackageIsThereOnce(String program) throws IOException {
    Properties version = version();
    String name =
        "holdfast-%s_%s_%s"
            .formatted(
                program,
                version.getProperty("packages.version"),
                version.getProperty("packages.architecture"));
    List<String> found = new ArrayList<>();
    try (var files = Files.list(TARGET)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("holdfast-" + program + "_"))
          .sorted()
          .forEach(found::add);
    }
    assertThat(found).containsExactly(name + ".deb", name + ".tar.gz");
  }

  private static Path tree(String program) {
    return TARGET.resolve("tree").resolve(program);
  }

  private static Said version(String program, String options) throws Exception {
    return Said.by(List.of("env", "JDK_JAVA_OPTIONS=" + options, command(program), "--version"));
  }

  private static String command(String program) {
    String name = program.equals("cli") ? "holdfast" : "holdfast-" + program;
    return tree(program).resolve("usr/bin").resolve(name).toString();
  }

  private static Properties version() throws IOException {
    Properties version = new Properties();
    try (var file = Files.newInputStream(TARGET.resolve("version.properties"))) {
      version.load(file);
    }
    return version;
  }
}
