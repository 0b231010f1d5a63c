package io.holdfast.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageYamlTest {
  private static final ObjectMapper READER = new ObjectMapper(new YAMLFactory());

  private static ObjectNode document(String value) {
    return MessageJson.object().put("name", value).put("number", 5_000_000_000L);
  }

  @Test
  void wordsStandBare() {
    assertThat(MessageYaml.of(document("trade-a")))
        .isEqualTo("name: trade-a\nnumber: 5000000000\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no",
        "Yes",
        "on",
        "null",
        "~",
        "1e3",
        "0x1F",
        "12:30:45",
        "2026-11-22",
        "10.0.0.11",
        "a: b",
        "a #b",
        "- a",
        "sha256:00",
        "*a",
        "&a",
        "!a",
        "[a",
        "a ",
        "\u001b[2J"
      })
  void whatCouldBeTakenForSomethingElseStandsInQuotes(String value) throws Exception {
    String yaml = MessageYaml.of(document(value));
    assertThat(yaml).startsWith("name: \"").doesNotContain("\u001b");
    assertThat(READER.readTree(yaml)).isEqualTo(document(value));
  }

  @Property(tries = 300)
  void readsBackAsItWas(@ForAll String value) throws Exception {
    assertThat(READER.readTree(MessageYaml.of(document(value))).get("name").asText())
        .isEqualTo(value);
  }
}
