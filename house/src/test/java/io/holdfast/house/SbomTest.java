package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The list of what ships, against what ships. */
@EnabledIfSystemProperty(named = "holdfast.sbom", matches = "true")
class SbomTest {
  private static final List<String> PROGRAMS =
      List.of("agent", "collector", "cli", "demo", "bench");

  @Test
  void hasEveryJarOfEveryProgramWithItsHashAndLicence() throws Exception {
    Map<String, Sbom.Component> known = new TreeMap<>();
    for (Sbom.Component component : Sbom.read().components()) {
      known.put(component.fileName(), component);
    }
    for (String program : PROGRAMS) {
      List<Path> jars = jars(program);
      assertThat(jars).as("libraries of " + program).hasSizeGreaterThan(5);
      for (Path jar : jars) {
        Sbom.Component component = known.get(jar.getFileName().toString());
        assertThat(component)
            .as(jar + " in " + Sbom.FILE + " (a file of an older build? remove it)")
            .isNotNull();
        assertThat(component.licences()).as("licence of " + component.name()).isNotEmpty();
        if (!component.ours()) {
          assertThat(component.sha256()).as("SHA-256 of " + jar).isEqualTo(sha256(jar));
        }
      }
    }
  }

  @Test
  void saysNothingThatChangesFromBuildToBuild() throws IOException {
    JsonNode document = new ObjectMapper().readTree(Sbom.FILE.toFile());
    assertThat(document.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(document.has("serialNumber")).isFalse();
    assertThat(document.path("metadata").has("timestamp")).isFalse();
    assertThat(Files.readString(Sbom.FILE)).doesNotContain(Repository.ROOT.toString());
  }

  private static List<Path> jars(String program) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String directory : List.of("target", "target/lib")) {
      try (Stream<Path> files = Files.list(Repository.ROOT.resolve(program).resolve(directory))) {
        files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
      }
    }
    return jars;
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
