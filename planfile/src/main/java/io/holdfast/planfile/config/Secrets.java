package io.holdfast.planfile.config;

import io.holdfast.planfile.problem.Problems;
import io.holdfast.planfile.yaml.Section;
import io.holdfast.planfile.yaml.SourceText;
import io.holdfast.planfile.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${file:PATH}}, {@code ${env:NAME}} and {@code ${credential:NAME}}, a credential
 * of the systemd unit, by what they point to.
 */
final class Secrets {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|env|credential):([^}]+)}");
  private static final String EXPECTED =
      "a reference ${file:PATH}, ${env:NAME} or ${credential:NAME} is expected";

  /** Set by systemd for units with {@code LoadCredential=}. */
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

  private final Path directory;
  private final Map<String, String> environment;

  Secrets(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** The secret of {@code key}, which must be a reference; what stands there is never shown. */
  Optional<Secret> reference(Section section, String key) {
    Optional<YamlNode> node = section.node(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = REFERENCE.matcher(text(node.get()));
    if (!matcher.matches()) {
      section.refuse(key, "found something else; " + EXPECTED + " (secrets do not stand here)");
      return Optional.empty();
    }
    return resolve(section, key, matcher);
  }

  /** The value of {@code key}: a reference's target, or the text as it stands. */
  Optional<Secret> valueOrReference(Section section, String key) {
    Optional<YamlNode> node = section.node(key);
    if (node.isEmpty() || !(node.get() instanceof YamlNode.Scalar scalar)) {
      section.refuse(key, "text or " + EXPECTED);
      return Optional.empty();
    }
    Matcher matcher = REFERENCE.matcher(scalar.text());
    return matcher.matches()
        ? resolve(section, key, matcher)
        : Optional.of(new Secret(scalar.text()));
  }

  private Optional<Secret> resolve(Section section, String key, Matcher reference) {
    String target = reference.group(2);
    return switch (reference.group(1)) {
      case "env" -> fromEnvironment(section, key, target);
      case "credential" -> fromCredential(section, key, target);
      default -> fromFile(section, key, directory, target);
    };
  }

  private Optional<Secret> fromCredential(Section section, String key, String name) {
    String credentials = environment.getOrDefault(CREDENTIALS, "");
    if (credentials.isEmpty() || name.contains("/")) {
      section.refuse(
          key,
          name.contains("/")
              ? "the name of a credential has no /"
              : CREDENTIALS
                  + " is not set: systemd sets it for a unit with LoadCredential="
                  + name
                  + ":FILE");
      return Optional.empty();
    }
    return fromFile(section, key, Path.of(credentials), name);
  }

  private Optional<Secret> fromEnvironment(Section section, String key, String name) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      section.refuse(key, "the environment variable " + name + " is not set");
      return Optional.empty();
    }
    return Optional.of(new Secret(value));
  }

  private Optional<Secret> fromFile(Section section, String key, Path base, String name) {
    Path file;
    try {
      file = base.resolve(name);
    } catch (InvalidPathException e) {
      section.refuse(key, "the path of the secret's file is not valid");
      return Optional.empty();
    }
    Problems reading = new Problems(file.toString());
    Optional<String> text = SourceText.read(file, reading).map(Secrets::withoutLineEnd);
    if (!reading.isEmpty()) {
      section.refuse(key, "the secret's file: " + reading.sorted().get(0));
    } else if (text.filter(String::isEmpty).isPresent()) {
      section.refuse(key, "the secret's file " + file + " is empty");
      return Optional.empty();
    }
    return text.map(Secret::new);
  }

  private static String text(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
  }

  private static String withoutLineEnd(String text) {
    String oneLess = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return oneLess.endsWith("\r") ? oneLess.substring(0, oneLess.length() - 1) : oneLess;
  }
}
