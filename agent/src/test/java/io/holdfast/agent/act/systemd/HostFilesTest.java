package io.holdfast.agent.act.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostFilesTest {

  @Test
  void theRuleNamesTheUnitsInOneOrderAndTheVerbs() {
    String rule = HostFiles.polkitRule(List.of("b.service", "a@1.service", "b.service"));
    assertThat(rule)
        .contains("var units = [\"a@1.service\", \"b.service\"];")
        .contains("var verbs = [\"kill\", \"restart\", \"start\", \"stop\"];")
        .contains("subject.user === \"holdfast\"")
        .isEqualTo(HostFiles.polkitRule(List.of("a@1.service", "b.service")));
  }

  @Test
  void aNameCannotEndTheTextItStandsIn() {
    assertThat(HostFiles.polkitRule(List.of("a\"];evil\\x2d\n</script>é.service")))
        .contains("[\"a\\u0022];evil\\u005cx2d\\u000a\\u003c/script>\\u00e9.service\"]");
  }

  @Test
  void withoutUnitsNothingIsAllowed() {
    assertThat(HostFiles.polkitRule(List.of())).contains("var units = [];");
  }

  @Test
  void theDropInForbidsSystemdToRestart() {
    assertThat(HostFiles.dropIn("a.service")).contains("[Service]\nRestart=no\n");
  }

  @Test
  void theDropInOfAJobSaysWhoAndWhereAndShowsHiddenPlaces() {
    String unit = HostFiles.jobUnit("disk", "write_probe");
    assertThat(unit).isEqualTo("holdfast-job-write_probe@disk.service");
    assertThat(HostFiles.jobDropIn(unit, "postgres", Path.of("/var/lib/postgresql")))
        .endsWith("\nReadWritePaths=-/var/lib/postgresql\n")
        .contains("[Service]\nUser=postgres\n");
    assertThat(HostFiles.jobDropIn(unit, "ann", Path.of("/home/ann"))).contains("\nProtectHome=no");
    assertThat(HostFiles.jobDropIn(unit, "ann", Path.of("/var/tmp/x"))).contains("\nPrivateTmp=no");
  }

  @Test
  void allOfThemTogetherAreOneObjectOfJson() throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    try (JsonParser json =
        new JsonFactory()
            .createParser(HostFiles.all(Map.of("b.service", "[B]\n", "a.service", "[A]\n")))) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      for (String path = json.nextFieldName(); path != null; path = json.nextFieldName()) {
        files.put(path, json.nextTextValue());
      }
    }
    assertThat(files)
        .containsExactly(
            Map.entry(
                "/etc/polkit-1/rules.d/50-holdfast-agent.rules",
                HostFiles.polkitRule(List.of("a.service", "b.service"))),
            Map.entry("/etc/systemd/system/a.service.d/50-holdfast.conf", "[A]\n"),
            Map.entry("/etc/systemd/system/b.service.d/50-holdfast.conf", "[B]\n"));
  }
}
