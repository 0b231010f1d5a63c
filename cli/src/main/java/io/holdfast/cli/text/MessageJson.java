package io.holdfast.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;

/**
 * Answers as JSON for programs: the names of the .proto files, numbers as numbers (protobuf's own
 * mapping makes strings of 64-bit ones), enum values as their last word ({@code "healthy"}), every
 * field there but those whose absence means something.
 */
public final class MessageJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MessageJson() {}

  /** One object, over several lines. */
  public static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  /** An empty object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The message as an object. */
  public static ObjectNode of(Message message) {
    ObjectNode object = JSON.objectNode();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isRepeated()) {
        ArrayNode array = object.putArray(field.getName());
        ((List<?>) message.getField(field)).forEach(value -> array.add(node(field, value)));
      } else if (!field.hasPresence() || message.hasField(field)) {
        object.set(field.getName(), node(field, message.getField(field)));
      }
    }
    return object;
  }

  private static JsonNode node(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT, LONG -> JSON.numberNode(((Number) value).longValue());
      case FLOAT, DOUBLE -> JSON.numberNode(((Number) value).doubleValue());
      case BOOLEAN -> JSON.booleanNode((Boolean) value);
      case STRING -> JSON.textNode((String) value);
      case BYTE_STRING -> JSON.binaryNode(((com.google.protobuf.ByteString) value).toByteArray());
      case ENUM -> JSON.textNode(lastWord((EnumValueDescriptor) value));
      case MESSAGE -> of((Message) value);
    };
  }

  private static String lastWord(EnumValueDescriptor value) {
    String name = value.getName();
    return name.substring(name.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
  }
}
