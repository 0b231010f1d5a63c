package io.holdfast.planfile.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.planfile.yaml.YamlNode;
import java.math.BigDecimal;

/** Copies a YAML tree into the JSON tree that the schema validator reads. */
final class JsonTree {

  private static final JsonNodeFactory FACTORY = JsonNodeFactory.withExactBigDecimals(false);
  private static final int MAX_SCALE = 20;

  private JsonTree() {}

  static JsonNode of(YamlNode node) {
    return switch (node) {
      case YamlNode.Mapping mapping -> object(mapping);
      case YamlNode.Sequence list -> array(list);
      case YamlNode.Scalar scalar -> scalar(scalar);
    };
  }

  private static JsonNode object(YamlNode.Mapping mapping) {
    ObjectNode object = FACTORY.objectNode();
    mapping.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
    return object;
  }

  private static JsonNode array(YamlNode.Sequence list) {
    ArrayNode array = FACTORY.arrayNode();
    list.items().forEach(item -> array.add(of(item)));
    return array;
  }

  private static JsonNode scalar(YamlNode.Scalar scalar) {
    return switch (scalar.kind()) {
      case NULL -> FACTORY.nullNode();
      case BOOLEAN -> FACTORY.booleanNode(scalar.text().equals("true"));
      case NUMBER -> number(new BigDecimal(scalar.text()).stripTrailingZeros());
      case TEXT -> FACTORY.textNode(scalar.text());
    };
  }

  private static JsonNode number(BigDecimal value) {
    boolean isWhole = value.scale() <= 0 && value.scale() >= -MAX_SCALE;
    if (isWhole) {
      return FACTORY.numberNode(value.toBigIntegerExact());
    }
    // The validator cannot compare infinity, and no number of a plan comes near it.
    double limit = Double.MAX_VALUE;
    return FACTORY.numberNode(Math.max(-limit, Math.min(limit, value.doubleValue())));
  }
}
