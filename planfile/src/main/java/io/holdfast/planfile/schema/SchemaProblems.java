package io.holdfast.planfile.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import io.holdfast.planfile.problem.Nearest;
import io.holdfast.planfile.problem.Position;
import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.Form;
import io.holdfast.planfile.yaml.Forms;
import io.holdfast.planfile.yaml.Quantities;
import io.holdfast.planfile.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewords the validator's messages: the {@code title} of the schema that was broken says what is
 * expected. Each value is reported once, and a key that is missing because it is misspelt too.
 */
final class SchemaProblems {

  private static final Set<String> LATER =
      Set.of("groups", "alerts", "people", "data", "backups", "drills");
  private static final Map<String, Form<?>> FORMS =
      Stream.of(Quantities.DURATION, Quantities.PERCENTAGE, Forms.TRUTH)
          .collect(Collectors.toMap(Form::expected, Function.identity()));

  private final JsonNode schema;
  private final YamlNode.Mapping root;
  private final Problems problems;
  private final Set<String> reported = new HashSet<>();
  private final Set<String> misspelt = new HashSet<>();
  private final List<Missing> missing = new ArrayList<>();

  private record Missing(Place mapping, String key, String expected) {}

  SchemaProblems(JsonNode schema, YamlNode.Mapping root, Problems problems) {
    this.schema = schema;
    this.root = root;
    this.problems = problems;
  }

  void add(ValidationMessage message) {
    JsonNode broken = brokenSchema(message);
    Place place = Place.of(root, message.getInstanceLocation());
    switch (message.getType()) {
      case "additionalProperties" -> unknownKey(place, broken, message.getProperty());
      case "required" -> missingKey(place, broken, message.getProperty());
      case "propertyNames" -> badName(place, broken, message.getProperty());
      default -> badValue(place, broken);
    }
  }

  /** Reports what is missing and was not merely misspelt. */
  void finish() {
    for (Missing one : missing) {
      if (!misspelt.contains(one.mapping().child(one.key()).path())) {
        String message = "the key " + one.key() + " is missing; " + one.expected();
        problems.add(one.mapping().at(), one.mapping().path(), message + " is expected");
      }
    }
  }

  private void unknownKey(Place mapping, JsonNode broken, String key) {
    Place place = mapping.child(key);
    if (mapping.path().isEmpty() && LATER.contains(key)) {
      String message = "the section " + key + " is not part of this version of Holdfast";
      problems.add(place.at(), place.path(), message + "; leave it out for now");
      return;
    }
    List<String> allowed = new ArrayList<>();
    broken.path("properties").fieldNames().forEachRemaining(allowed::add);
    Optional<String> meant = Nearest.to(key, allowed);
    meant.ifPresent(name -> misspelt.add(mapping.child(name).path()));
    String message =
        allowed.isEmpty()
            ? "unknown key; none is allowed here"
            : "unknown key; allowed here: " + String.join(", ", allowed);
    problems.add(place.at(), place.path(), message, meant);
  }

  private void missingKey(Place mapping, JsonNode broken, String key) {
    JsonNode child = resolved(broken.path("properties").path(key));
    missing.add(new Missing(mapping, key, title(child)));
  }

  private void badName(Place mapping, JsonNode broken, String key) {
    Place place = mapping.child(key);
    String expected = title(resolved(broken.path("propertyNames")));
    problems.add(place.at(), place.path(), "found \"" + key + "\"; " + expected + " is expected");
  }

  private void badValue(Place place, JsonNode broken) {
    if (!reported.add(place.path())) {
      return;
    }
    String found =
        switch (place.value()) {
          case YamlNode.Sequence list when list.items().isEmpty() -> "an empty list";
          case YamlNode.Mapping mapping when mapping.entries().isEmpty() -> "an empty mapping";
          case YamlNode other -> other.described();
        };
    String message = "found " + found + "; " + title(broken) + " is expected";
    Position at = place.value().at();
    problems.add(at, place.path(), message, meant(place.value(), broken));
  }

  private static Optional<String> meant(YamlNode value, JsonNode broken) {
    Form<?> form = FORMS.get(title(broken));
    if (form != null) {
      return form.suggestionFor(value);
    }
    List<String> allowed = new ArrayList<>();
    broken.path("enum").forEach(word -> allowed.add(word.asText()));
    return value instanceof YamlNode.Scalar scalar
        ? Nearest.to(scalar.text(), allowed)
        : Optional.empty();
  }

  /** The schema whose keyword was broken: the parent of the place that the message names. */
  private JsonNode brokenSchema(ValidationMessage message) {
    JsonNodePath keyword = message.getSchemaLocation().getFragment();
    JsonNode node = schema;
    for (int i = 0; i < keyword.getNameCount() - 1; i++) {
      node = node.path(keyword.getName(i));
    }
    return node;
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : schema.at(reference.substring(1));
  }

  private static String title(JsonNode node) {
    return node.path("title").asText("another value");
  }
}
