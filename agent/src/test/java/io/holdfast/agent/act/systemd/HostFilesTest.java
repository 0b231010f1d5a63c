package io.holdfast.agent.act.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
