package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing ships whose licence forbids it. Read from the poms that Maven has: needs no network. */
class LicencesTest {

  @Test
  @EnabledIfSystemProperty(named = "holdfast.sbom", matches = "true")
  void everyLibraryThatShipsMayShip() throws IOException {
    List<String> problems = new Licences().problems(Sbom.read());
    assertThat(problems).as("licences:\n" + String.join("\n", problems)).isEmpty();
  }

  @Test
  void aBadOneIsNamedWithWhoBringsItInAndWhatToDo() throws IOException {
    List<String> problems = new Licences().problems(brought(id("AGPL-3.0-only")));
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("org.example:evil 6.6 may not ship: licence \"AGPL-3.0-only\": who lets others")
        .contains("io.holdfast:holdfast-collector > org.example:nice > org.example:evil")
        .contains("add its licence to house/src/test/resources/licences.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GPL-2.0-only",
        "GPL-3.0-or-later",
        "SSPL-1.0",
        "BUSL-1.1",
        "JSON",
        "Hazelcast Community License",
        "The Licence of My Uncle"
      })
  void refusesWhatIsBadAndWhatNobodyKnows(String licence) throws IOException {
    assertThat(new Licences().problems(brought(id(licence)))).hasSize(1);
    assertThat(new Licences().problems(brought(name(licence)))).hasSize(1);
  }

  @Test
  void refusesALibraryThatNamesNone() throws IOException {
    assertThat(new Licences().problems(brought()))
        .singleElement()
        .asString()
        .contains("its pom names no licence");
  }

  @Test
  void whatTakesSomethingAwayIsRefusedEvenBesideAGoodOne() throws IOException {
    assertThat(new Licences().problems(brought(id("Apache-2.0"), name("Commons Clause 1.0"))))
        .hasSize(1);
    assertThat(new Licences().problems(brought(expression("Apache-2.0 AND GPL-3.0-only"))))
        .hasSize(1);
  }

  @Test
  void aChoiceWithAGoodOneInItIsGood() throws IOException {
    assertThat(new Licences().problems(brought(id("GPL-3.0-only"), id("Apache-2.0")))).isEmpty();
    assertThat(new Licences().problems(brought(expression("(LGPL-2.1-only OR EPL-2.0)"))))
        .isEmpty();
    assertThat(
            new Licences()
                .problems(brought(expression("GPL-2.0-only WITH Classpath-exception-2.0"))))
        .isEmpty();
  }

  private static String id(String licence) {
    return "{\"license\": {\"id\": \"%s\"}}".formatted(licence);
  }

  private static String name(String licence) {
    return "{\"license\": {\"name\": \"%s\"}}".formatted(licence);
  }

  private static String expression(String expression) {
    return "{\"expression\": \"%s\"}".formatted(expression);
  }

  /** A library with these licences, which another one brings in. */
  private static Sbom brought(String... licences) throws IOException {
    return Sbom.of(
        """
        {"components": [
           {"bom-ref": "a", "group": "io.holdfast", "name": "holdfast-collector", "version": "1",
            "licenses": [{"license": {"id": "Apache-2.0"}}]},
           {"bom-ref": "b", "group": "org.example", "name": "nice", "version": "1",
            "licenses": [{"license": {"id": "MIT"}}]},
           {"bom-ref": "c", "group": "org.example", "name": "evil", "version": "6.6",
            "licenses": [%s]}],
         "dependencies": [
           {"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["c"]}]}
        """
            .formatted(Stream.of(licences).collect(Collectors.joining(", "))));
  }
}
