package io.holdfast.planfile.yaml;

import io.holdfast.planfile.problem.DocumentPath;
import io.holdfast.planfile.problem.Position;
import io.holdfast.planfile.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Copies snakeyaml's node graph into a finite tree, refusing what a plan never needs. */
final class TreeBuilder {

  static final int MAX_NODES = 100_000;
  private static final int MAX_NUMBER_LENGTH = 40;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");
  private static final Set<Tag> TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.MERGE,
          Tag.MAP,
          Tag.SEQ);

  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int nodes;
  private boolean broken;

  TreeBuilder(Problems problems) {
    this.problems = problems;
  }

  static Position position(Node node) {
    Mark mark = node.getStartMark();
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  YamlNode build(Node root) {
    return convert(root, "");
  }

  /** Whether parts had to be left out, so that checking the rest would only mislead. */
  boolean isBroken() {
    return broken;
  }

  private YamlNode convert(Node node, String path) {
    Position at = position(node);
    if (++nodes > MAX_NODES) {
      if (nodes == MAX_NODES + 1) {
        problems.addForFile(
            "aliases make this file larger than " + MAX_NODES + " values, the most allowed");
      }
      return nothing(at);
    }
    if (!TAGS.contains(node.getTag()) && !Tag.COMMENT.equals(node.getTag())) {
      problems.add(at, path, "the tag " + node.getTag().getValue() + " is not allowed");
      return nothing(at);
    }
    if (!open.add(node)) {
      problems.add(at, path, "this value contains itself through an alias");
      return nothing(at);
    }
    try {
      return switch (node) {
        case ScalarNode scalar -> new YamlNode.Scalar(at, scalar.getValue(), kind(scalar));
        case SequenceNode list -> new YamlNode.Sequence(at, items(list, path));
        case MappingNode mapping -> new YamlNode.Mapping(at, entries(mapping, path));
        default -> nothing(at);
      };
    } finally {
      open.remove(node);
    }
  }

  private List<YamlNode> items(SequenceNode list, String path) {
    List<YamlNode> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      items.add(convert(item, DocumentPath.item(path, items.size())));
    }
    return items;
  }

  private Map<String, YamlNode.Entry> entries(MappingNode mapping, String path) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Position at = position(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        broken = true;
        problems.add(at, path, "a key must be a single word");
      } else if (Tag.MERGE.equals(key.getTag())) {
        broken = true;
        problems.add(at, path, "merge keys (<<) are not allowed; write the values out");
      } else {
        addEntry(entries, key.getValue(), at, tuple.getValueNode(), path);
      }
    }
    return entries;
  }

  private void addEntry(
      Map<String, YamlNode.Entry> entries, String key, Position at, Node value, String path) {
    String child = DocumentPath.key(path, key);
    YamlNode.Entry first = entries.get(key);
    if (first != null) {
      problems.add(at, child, "this key stands twice; the first is in line " + first.key().line());
      return;
    }
    entries.put(key, new YamlNode.Entry(at, convert(value, child)));
  }

  private YamlNode nothing(Position at) {
    broken = true;
    return new YamlNode.Scalar(at, "", YamlNode.Kind.NULL);
  }

  private static YamlNode.Kind kind(ScalarNode scalar) {
    if (!scalar.isPlain()) {
      return YamlNode.Kind.TEXT;
    }
    return switch (scalar.getValue()) {
      case "", "~", "null", "Null", "NULL" -> YamlNode.Kind.NULL;
      case "true", "false" -> YamlNode.Kind.BOOLEAN;
      default -> isNumber(scalar.getValue()) ? YamlNode.Kind.NUMBER : YamlNode.Kind.TEXT;
    };
  }

  private static boolean isNumber(String text) {
    return text.length() <= MAX_NUMBER_LENGTH && NUMBER.matcher(text).matches();
  }
}
