package io.holdfast.planfile.yaml;

import io.holdfast.planfile.problem.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a YAML document with the place where it stands. */
public sealed interface YamlNode {

  /** Where the value begins. */
  Position at();

  /** What the value is, for a message: {@code "abc"}, {@code 5}, {@code a list}. */
  String described();

  /** What a plain scalar means (YAML 1.2: {@code yes} and {@code on} are text). */
  enum Kind {
    NULL,
    BOOLEAN,
    NUMBER,
    TEXT
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes
   */
  record Scalar(Position at, String text, Kind kind) implements YamlNode {

    private static final int SHOWN = 60;

    @Override
    public String described() {
      return switch (kind) {
        case NULL -> "nothing";
        case BOOLEAN, NUMBER -> text;
        case TEXT -> '"' + shortened() + '"';
      };
    }

    private String shortened() {
      String oneLine = text.replace("\n", "\\n");
      return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + "…";
    }
  }

  /** A list. */
  record Sequence(Position at, List<YamlNode> items) implements YamlNode {

    /** Copies the list. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String described() {
      return "a list";
    }
  }

  /**
   * A value with its key.
   *
   * @param key where the key begins
   */
  record Entry(Position key, YamlNode value) {}

  /** A mapping, in the file's order. */
  record Mapping(Position at, Map<String, Entry> entries) implements YamlNode {

    /** Copies the entries and keeps their order. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String described() {
      return "a mapping";
    }

    /** The value of {@code key}. */
    public Optional<YamlNode> get(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** The value of {@code key} if it is a mapping. */
    public Optional<Mapping> mapping(String key) {
      return get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    /** The value of {@code key} if it is a scalar. */
    public Optional<Scalar> scalar(String key) {
      return get(key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }
  }
}
