package io.holdfast.planfile.yaml;

import io.holdfast.planfile.problem.Position;
import io.holdfast.planfile.problem.Problems;
import java.io.StringReader;
import java.util.Iterator;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.StreamReader;

/** Turns text into a tree of {@link YamlNode}s; no tag ever makes an object. */
public final class YamlParser {

  private static final int MAX_DEPTH = 32;
  private static final int MAX_ALIASES = 50;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private YamlParser() {}

  /**
   * The document's root mapping.
   *
   * @return empty when there is none to read; {@code problems} then says why. A duplicate key is
   *     added to {@code problems} too, and the tree has the first of the two
   */
  public static Optional<YamlNode.Mapping> parse(String text, Problems problems) {
    String content =
        !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    if (!isPrintable(content, problems)) {
      return Optional.empty();
    }
    try {
      return root(content, problems);
    } catch (MarkedYAMLException e) {
      SyntaxMessages.add(e, content, problems);
    } catch (YAMLException e) {
      problems.addForFile(SyntaxMessages.limit(e, MAX_DEPTH, MAX_ALIASES));
    }
    return Optional.empty();
  }

  private static Optional<YamlNode.Mapping> root(String content, Problems problems) {
    if (hasTooManyValues(content)) {
      problems.addForFile(
          "this file has more than " + TreeBuilder.MAX_NODES + " values, the most allowed");
      return Optional.empty();
    }
    Iterator<Node> documents = new Yaml(options()).composeAll(new StringReader(content)).iterator();
    if (!documents.hasNext()) {
      problems.addForFile("this file is empty");
      return Optional.empty();
    }
    TreeBuilder builder = new TreeBuilder(problems);
    YamlNode root = builder.build(documents.next());
    if (documents.hasNext()) {
      Position second = TreeBuilder.position(documents.next());
      problems.add(second, "", "a second document begins here; one is allowed in a file");
    }
    if (builder.isBroken()) {
      return Optional.empty();
    }
    return switch (root) {
      case YamlNode.Mapping mapping -> Optional.of(mapping);
      case YamlNode.Sequence list -> notAMapping(list, problems);
      case YamlNode.Scalar scalar -> notAMapping(scalar, problems);
    };
  }

  /**
   * Counted before any of them is kept: a mebibyte of commas would take a hundred times as much.
   */
  private static boolean hasTooManyValues(String content) {
    int values = 0;
    for (Event event : new Yaml(options()).parse(new StringReader(content))) {
      if (event instanceof NodeEvent && ++values > TreeBuilder.MAX_NODES) {
        return true;
      }
    }
    return false;
  }

  private static Optional<YamlNode.Mapping> notAMapping(YamlNode root, Problems problems) {
    if (root instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.NULL) {
      problems.addForFile("this file is empty");
    } else {
      problems.add(
          root.at(), "", "found " + root.described() + "; a mapping (key: value) is expected");
    }
    return Optional.empty();
  }

  private static boolean isPrintable(String content, Problems problems) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < content.length(); ) {
      int character = content.codePointAt(i);
      if (!StreamReader.isPrintable(character)) {
        String message = "the character U+%04X is not allowed in YAML".formatted(character);
        problems.add(new Position(line, column), "", message);
        return false;
      }
      line += character == '\n' ? 1 : 0;
      column = character == '\n' ? 1 : column + 1;
      i += Character.charCount(character);
    }
    return true;
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setAllowRecursiveKeys(false);
    return options;
  }
}
