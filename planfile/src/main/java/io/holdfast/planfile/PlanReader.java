package io.holdfast.planfile;

import io.holdfast.core.plan.Plan;
import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.schema.PlanSchema;
import io.holdfast.planfile.yaml.Section;
import io.holdfast.planfile.yaml.SourceText;
import io.holdfast.planfile.yaml.YamlNode;
import io.holdfast.planfile.yaml.YamlParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads and checks {@code plan.yaml}. Any text, however broken, gives a {@link PlanResult}; nothing
 * is thrown.
 */
public final class PlanReader {

  /** Loaded on first use: a program that reads no plan does not pay for the schema. */
  private static final class Schema {
    static final PlanSchema INSTANCE = PlanSchema.load();
  }

  private PlanReader() {}

  /** Reads the file; its name in messages is {@code file} as given. */
  public static PlanResult read(Path file) {
    Problems problems = new Problems(file.toString());
    Optional<String> text = SourceText.read(file, problems);
    return text.isPresent()
        ? read(text.get(), file.toString())
        : new PlanResult.Invalid(problems.sorted());
  }

  /** Reads {@code text}, calling it {@code fileName} in messages. */
  public static PlanResult read(String text, String fileName) {
    Problems problems = new Problems(fileName);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Optional<YamlNode.Mapping> root =
        SourceText.fits(bytes, problems) ? YamlParser.parse(text, problems) : Optional.empty();
    root.ifPresent(tree -> check(tree, problems));
    if (root.isEmpty() || !problems.isEmpty()) {
      return new PlanResult.Invalid(problems.sorted());
    }
    Plan plan = new PlanBuilder(new Section(root.get(), problems)).build(hash(bytes));
    return new PlanResult.Valid(plan, text);
  }

  /** The version of a plan with these bytes: {@code sha256:} and 64 hexadecimal digits. */
  public static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void check(YamlNode.Mapping root, Problems problems) {
    Schema.INSTANCE.check(root, problems);
    new TopologyRules(root, problems).check();
    new ServiceRules(root, problems).check();
    new HealingRules(root, problems).check();
  }
}
