package io.holdfast.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Quantities;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The published schema itself. */
class SchemaTest {

  private final JsonNode schema = read();

  private static JsonNode read() {
    try (InputStream in = PlanReader.class.getResourceAsStream("plan.schema.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isAValidSchemaOfDraft202012() {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    assertThat(factory.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(schema)).isEmpty();
  }

  @Test
  void saysWhatIsExpectedWhereverAValueCanBeRefused() {
    assertThat(schema.findParents("type")).allMatch(node -> node.has("title"));
    assertThat(schema.findParents("enum")).allMatch(node -> node.has("title"));
  }

  @Test
  void usesTheWordsOfTheFormsSoThatTheirSuggestionsAreFound() {
    Set<String> titles = new HashSet<>(schema.findValuesAsText("title"));
    assertThat(titles)
        .contains(
            Quantities.DURATION.expected(),
            Quantities.PERCENTAGE.expected(),
            Forms.TRUTH.expected(),
            Forms.HOST_NAME.expected());
  }

  @Test
  void listsTheSameKeysOfAServiceAsTheRules() {
    List<String> keys = new java.util.ArrayList<>();
    schema.at("/$defs/service/properties").fieldNames().forEachRemaining(keys::add);
    assertThat(ServiceKeys.ALL).containsExactlyInAnyOrderElementsOf(keys);
  }
}
