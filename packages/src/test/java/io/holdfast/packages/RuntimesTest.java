package io.holdfast.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules of Java that build.xml gives a program are those that it needs, says jdeps. */
class RuntimesTest {
  /** What libraries name, and go without, each with the reason. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "java.desktop", "java.beans, for objects out of YAML; Holdfast reads nodes and trees",
          "java.compiler", "annotations of annotation processors",
          "java.sql",
              "dates of databases as JSON, which only the agent could have: it has the module",
          "jdk.jfr", "flight recorder events of Netty, which are off");

  @ParameterizedTest
  @ValueSource(strings = {"agent", "collector", "cli"})
  void hasTheModulesThatItsLibrariesNeed(String program) throws IOException {
    Set<String> missing = needed(program);
    missing.removeAll(LEFT_OUT.keySet());
    missing.removeAll(declared(program));
    assertThat(missing)
        .as("jdeps finds these; add them to modules.%s in packages/build/build.xml", program)
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "collector", "cli"})
  void archivesClassesThatAreThere(String program) throws IOException {
    List<String> ours;
    try (GZIPInputStream list =
        new GZIPInputStream(Files.newInputStream(Path.of("src/main/classes", program + ".gz")))) {
      ours =
          new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith("io/holdfast/"))
              .toList();
    }
    Set<String> there = new TreeSet<>();
    for (Path jar : jars(program)) {
      if (jar.getFileName().toString().startsWith("holdfast-")) {
        try (var file = new java.util.jar.JarFile(jar.toFile())) {
          file.stream().forEach(entry -> there.add(entry.getName().replace(".class", "")));
        }
      }
    }
    assertThat(ours).hasSizeGreaterThan(20);
    assertThat(ours.stream().filter(there::contains).count())
        .as("most of the list is gone: record it again with packages/build/record")
        .isGreaterThan(ours.size() * 3L / 4);
  }

  private static Set<String> declared(String program) throws IOException {
    Matcher modules =
        Pattern.compile("name=\"modules\\." + program + "\"\\s+value=\"([^\"]+)\"")
            .matcher(Files.readString(Path.of("build/build.xml")));
    assertThat(modules.find()).isTrue();
    return Set.of(modules.group(1).split(","));
  }

  private static Set<String> needed(String program) throws IOException {
    List<Path> jars = jars(program);
    String path = jars.stream().map(Path::toString).collect(Collectors.joining(":"));
    StringWriter out = new StringWriter();
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(out),
                "-R",
                "--multi-release",
                String.valueOf(Runtime.version().feature()),
                "--ignore-missing-deps",
                "--print-module-deps",
                "-cp",
                path,
                jars.getFirst().toString());
    assertThat(code).as(out.toString()).isZero();
    return new TreeSet<>(List.of(out.toString().strip().split(",")));
  }

  /** The program's own first. */
  private static List<Path> jars(String program) throws IOException {
    Path target = Said.ROOT.resolve(program).resolve("target");
    try (Stream<Path> own = Files.list(target);
        Stream<Path> libraries = Files.list(target.resolve("lib"))) {
      return Stream.concat(
              own.filter(
                  file ->
                      file.getFileName()
                          .toString()
                          .matches("holdfast-" + program + "-[0-9.]+(-SNAPSHOT)?\\.jar")),
              libraries.filter(file -> file.toString().endsWith(".jar")).sorted())
          .toList();
    }
  }
}
