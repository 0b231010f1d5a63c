package io.holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.metrics.AgentCatalog;
import io.holdfast.collector.api.metrics.CollectorCatalog;
import io.holdfast.metrics.Exposition;
import io.holdfast.metrics.Family;
import io.holdfast.metrics.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md lists every figure of both programs, and none that there is not. */
class MetricsDocumentedTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(holdfast_\\w+)` \\| (\\w+) \\| (.*?) \\| .+ \\|$");

  /** What a label may hold: names of the plan and the hardware, and what this code enumerates. */
  private static final Set<String> BOUNDED =
      Set.of(
          "service",
          "check",
          "verdict",
          "result",
          "device",
          "mount",
          "level",
          "version",
          "method",
          "path",
          "code",
          "certificate");

  private record Row(String name, String type, String labels) {}

  private static List<Family<?>> shown() {
    List<Family<?>> families = new ArrayList<>();
    Path none = Path.of("none");
    families.addAll(AgentCatalog.of("1", () -> Map.of("host", none)).families());
    families.add(Exposition.leftOutFamily(AgentCatalog.LEFT_OUT));
    families.addAll(
        CollectorCatalog.of(new CollectorCatalog.Sources("1", none, Map.of())).families());
    families.add(Exposition.leftOutFamily(CollectorCatalog.LEFT_OUT));
    return families;
  }

  @Test
  void everyFigureStandsThereAndNoOther() throws IOException {
    List<Row> expected = new ArrayList<>();
    for (Family<?> family : shown()) {
      String labels =
          family.labels().stream()
              .map(label -> "`" + label + "`")
              .collect(Collectors.joining(", "));
      expected.add(new Row(family.name(), family.kind().type(), labels.isEmpty() ? "–" : labels));
      if (family.kind() == Kind.HISTOGRAM) {
        expected.add(new Row(family.name() + "_max", "gauge", "–"));
      }
    }
    String page = Files.readString(Repository.ROOT.resolve("docs/metrics.md"));
    assertThat(ROW.matcher(page).results().map(MetricsDocumentedTest::row))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void noLabelIsUnbounded() {
    assertThat(shown().stream().flatMap(family -> family.labels().stream())).isSubsetOf(BOUNDED);
  }

  private static Row row(MatchResult match) {
    return new Row(match.group(1), match.group(2), match.group(3));
  }
}
