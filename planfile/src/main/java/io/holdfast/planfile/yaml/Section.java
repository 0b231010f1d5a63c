package io.holdfast.planfile.yaml;

import io.holdfast.planfile.problem.DocumentPath;
import io.holdfast.planfile.problem.Nearest;
import io.holdfast.planfile.problem.Position;
import io.holdfast.planfile.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A mapping that is read key by key.
 *
 * <p>Every mistake goes to the {@link Problems}; reading goes on, so that all are found. A value is
 * empty only when a problem was added or when it is optional and absent. After the last key call
 * {@link #refuseOtherKeys}.
 */
public final class Section {

  private final YamlNode.Mapping mapping;
  private final Position at;
  private final String path;
  private final Problems problems;
  private final TreeSet<String> known = new TreeSet<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  /** The root of a document. */
  public Section(YamlNode.Mapping root, Problems problems) {
    this(root, root.at(), "", problems);
  }

  private Section(YamlNode.Mapping mapping, Position at, String path, Problems problems) {
    this.mapping = mapping;
    this.at = at;
    this.path = path;
    this.problems = problems;
  }

  /** The value of a key that must be there. */
  public <T> Optional<T> required(String key, Form<T> form) {
    if (!has(key)) {
      missing.put(key, form.expected());
    }
    return optional(key, form);
  }

  /** The value of a key that may be absent. */
  public <T> Optional<T> optional(String key, Form<T> form) {
    known.add(key);
    return mapping.get(key).flatMap(node -> scalar(node, child(key), form));
  }

  /** The value of a key, or {@code fallback} where it is absent. */
  public <T> Optional<T> optional(String key, Form<T> form, T fallback) {
    return has(key) ? optional(key, form) : optional(key, form).or(() -> Optional.of(fallback));
  }

  /** The mapping of a key that must be there. */
  public Optional<Section> requiredSection(String key) {
    if (!has(key)) {
      missing.put(key, "a mapping");
    }
    return section(key);
  }

  /** The mapping of a key that may be absent. */
  public Optional<Section> section(String key) {
    known.add(key);
    YamlNode.Entry entry = mapping.entries().get(key);
    return entry == null ? Optional.empty() : asSection(entry, child(key));
  }

  /** The list of a key that must be there and not be empty. */
  public <T> Optional<List<T>> requiredList(String key, Form<T> form) {
    if (!has(key)) {
      missing.put(key, "a list");
    }
    return list(key, form);
  }

  /** The list of a key that may be absent, but not empty. */
  public <T> Optional<List<T>> list(String key, Form<T> form) {
    known.add(key);
    Optional<YamlNode> node = mapping.get(key);
    if (node.isPresent()
        && node.get() instanceof YamlNode.Sequence list
        && !list.items().isEmpty()) {
      return Optional.of(items(list, child(key), form));
    }
    node.ifPresent(
        other ->
            problems.add(
                other.at(),
                child(key),
                "found "
                    + (other instanceof YamlNode.Sequence ? "an empty list" : other.described())
                    + "; a list with at least one item is expected"));
    return Optional.empty();
  }

  /** The sections of a list of mappings; empty where it is absent. */
  public List<Section> sections(String key) {
    known.add(key);
    List<Section> sections = new ArrayList<>();
    if (mapping.get(key).orElse(null) instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        String itemPath = DocumentPath.item(child(key), sections.size());
        asSection(new YamlNode.Entry(item.at(), item), itemPath).ifPresent(sections::add);
      }
    }
    return sections;
  }

  /** Reads every entry of this mapping as a section of its own. */
  public <T> Map<String, T> eachSection(BiFunction<String, Section, Optional<T>> read) {
    Map<String, T> all = new LinkedHashMap<>();
    mapping
        .entries()
        .keySet()
        .forEach(
            key ->
                section(key)
                    .flatMap(section -> read.apply(key, section))
                    .ifPresent(value -> all.put(key, value)));
    return all;
  }

  /** Reads every entry of this mapping as a scalar. */
  public <T> Map<String, T> eachScalar(Form<T> form) {
    return eachKey(key -> optional(key, form));
  }

  /** Reads every entry of this mapping with {@code read}. */
  public <T> Map<String, T> eachKey(Function<String, Optional<T>> read) {
    Map<String, T> all = new LinkedHashMap<>();
    mapping
        .entries()
        .keySet()
        .forEach(key -> read.apply(key).ifPresent(value -> all.put(key, value)));
    return all;
  }

  /**
   * Adds a problem for each key that was not asked for and for each that is missing; one that is
   * missing because it is misspelt counts once.
   */
  public void refuseOtherKeys() {
    mapping.entries().forEach(this::refuseUnlessKnown);
    missing.forEach(
        (key, expected) ->
            problems.add(at, path, "the key " + key + " is missing; " + expected + " is expected"));
  }

  /** Adds a problem of the value of {@code key}. */
  public void refuse(String key, String message) {
    Position place = mapping.get(key).map(YamlNode::at).orElse(at);
    problems.add(place, child(key), message);
  }

  /** Whether {@code key} is there. */
  public boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** The value of {@code key} as it stands in the tree. */
  public Optional<YamlNode> node(String key) {
    known.add(key);
    return mapping.get(key);
  }

  private void refuseUnlessKnown(String key, YamlNode.Entry entry) {
    if (known.contains(key)) {
      return;
    }
    String message = "unknown key; allowed here: " + String.join(", ", known);
    Optional<String> meant = Nearest.to(key, known);
    problems.add(entry.key(), child(key), message, meant);
    meant.ifPresent(missing::remove);
  }

  private Optional<Section> asSection(YamlNode.Entry entry, String childPath) {
    if (entry.value() instanceof YamlNode.Mapping child) {
      return Optional.of(new Section(child, entry.key(), childPath, problems));
    }
    String message = "found " + entry.value().described() + "; a mapping (key: value) is expected";
    problems.add(entry.value().at(), childPath, message);
    return Optional.empty();
  }

  private <T> List<T> items(YamlNode.Sequence list, String listPath, Form<T> form) {
    List<T> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      scalar(list.items().get(i), DocumentPath.item(listPath, i), form).ifPresent(items::add);
    }
    return items;
  }

  private <T> Optional<T> scalar(YamlNode node, String valuePath, Form<T> form) {
    Optional<T> value = form.of(node);
    if (value.isEmpty()) {
      String message = "found " + node.described() + "; " + form.expected() + " is expected";
      problems.add(node.at(), valuePath, message, form.suggestionFor(node));
    }
    return value;
  }

  private String child(String key) {
    return DocumentPath.key(path, key);
  }
}
