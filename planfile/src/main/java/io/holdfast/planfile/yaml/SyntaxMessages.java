package io.holdfast.planfile.yaml;

import io.holdfast.planfile.problem.Position;
import io.holdfast.planfile.problem.Problems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Says in a person's words what the YAML parser stumbled over. */
final class SyntaxMessages {

  private static final Pattern TAB_IN_INDENTATION = Pattern.compile("^ *\\t");

  private SyntaxMessages() {}

  static void add(MarkedYAMLException e, String content, Problems problems) {
    boolean quoteLeftOpen =
        "while scanning a quoted scalar".equals(e.getContext())
            && e.getContextMark() != null
            && String.valueOf(e.getProblem()).contains("unexpected end of stream");
    if (quoteLeftOpen) {
      problems.add(position(e.getContextMark()), "", "the quote that opens here is never closed");
      return;
    }
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    Position at = mark == null ? Position.WHOLE_FILE : position(mark);
    Position tab = tab(content, at.line());
    if (tab.line() > 0) {
      problems.add(tab, "", "a tab stands here; YAML is indented with spaces");
    } else {
      problems.add(at, "", message(String.valueOf(e.getProblem()), e.getContext()));
    }
  }

  static String limit(YAMLException e, int maxDepth, int maxAliases) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Nesting Depth")) {
      return "this file nests deeper than " + maxDepth + " levels, the most allowed";
    }
    if (message.contains("aliases")) {
      return "this file uses more than " + maxAliases + " aliases (*name), the most allowed";
    }
    return "this is not valid YAML: " + message.lines().findFirst().orElse("");
  }

  private static String message(String problem, String context) {
    if (problem.contains("mapping values are not allowed")) {
      return "a ':' cannot stand here; check the indentation, or put text with ': ' in quotes";
    }
    if (problem.contains("<block end>")) {
      return "the indentation of this line does not fit the lines above it";
    }
    if (problem.contains("could not find expected ':'")) {
      return "a ':' is missing after the key before this place";
    }
    if (problem.contains("expected ',' or")) {
      return "a ',' or the closing bracket is missing before this place";
    }
    if (problem.contains("cannot start any token")) {
      return "a value cannot begin with this character; put it in quotes";
    }
    if (problem.contains("tag is not allowed")) {
      return "the tag " + problem.substring(problem.indexOf(": ") + 2) + " is not allowed";
    }
    if (problem.contains("undefined alias")) {
      return problem.replace("found undefined alias", "no anchor (&) is defined for the alias");
    }
    return "this is not valid YAML: " + problem + (context == null ? "" : " (" + context + ")");
  }

  /** The tab that indents the line or the one before it; line 0 when there is none. */
  private static Position tab(String content, int line) {
    String[] lines = content.split("\n", -1);
    for (int number = Math.max(1, line - 1); number <= Math.min(line, lines.length); number++) {
      Matcher tab = TAB_IN_INDENTATION.matcher(lines[number - 1]);
      if (tab.find()) {
        return new Position(number, tab.end());
      }
    }
    return Position.WHOLE_FILE;
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
