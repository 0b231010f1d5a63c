package io.holdfast.planfile.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The published schema of {@code plan.yaml}, {@code plan.schema.json}. */
public final class PlanSchema {

  /** Resource beside the package {@code io.holdfast.planfile}. */
  static final String RESOURCE = "/io/holdfast/planfile/plan.schema.json";

  private final JsonNode source;
  private final JsonSchema schema;

  private PlanSchema(JsonNode source, JsonSchema schema) {
    this.source = source;
    this.schema = schema;
  }

  /** Loads the schema from the class path. */
  public static PlanSchema load() {
    try (InputStream in = PlanSchema.class.getResourceAsStream(RESOURCE)) {
      JsonNode source = new ObjectMapper().readTree(in);
      SchemaValidatorsConfig config =
          SchemaValidatorsConfig.builder().locale(Locale.ROOT).failFast(false).build();
      JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
      return new PlanSchema(source, factory.getSchema(source, config));
    } catch (IOException e) {
      throw new UncheckedIOException("the plan's schema is missing in this build", e);
    }
  }

  /** Adds a problem for each place where {@code root} differs from the schema. */
  public void check(YamlNode.Mapping root, Problems problems) {
    SchemaProblems translation = new SchemaProblems(source, root, problems);
    schema.validate(JsonTree.of(root)).forEach(translation::add);
    translation.finish();
  }
}
