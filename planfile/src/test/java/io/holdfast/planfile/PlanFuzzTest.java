package io.holdfast.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.planfile.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in the file, the answer is a plan or problems that point into the file. */
class PlanFuzzTest {

  private static final String EXAMPLE = example();

  @Property(tries = 500)
  void aDamagedPlanGivesProblemsInsideTheFileAndNeverThrows(@ForAll("damaged") String text) {
    if (PlanReader.read(text, "plan.yaml") instanceof PlanResult.Invalid invalid) {
      long lines = text.lines().count() + 1;
      assertThat(invalid.problems()).isNotEmpty().isSorted().doesNotHaveDuplicates();
      assertThat(invalid.problems())
          .allMatch(problem -> problem.line() >= 0 && problem.line() <= lines)
          .allMatch(problem -> !problem.message().isBlank())
          .allMatch(problem -> problem.toString().lines().count() == 1);
      assertThat(invalid.problems().stream().map(PlanFuzzTest::place)).doesNotHaveDuplicates();
    }
  }

  @Property(tries = 300)
  void anyTextIsAnswered(@ForAll String text) {
    assertThat(PlanReader.read(text, "plan.yaml")).isInstanceOf(PlanResult.Invalid.class);
  }

  /** Two problems of one value would be one mistake told twice. */
  private static List<Object> place(Problem problem) {
    boolean missing = problem.message().contains("missing");
    return List.of(problem.line(), problem.column(), missing ? problem.message() : "");
  }

  @Provide
  Arbitrary<String> damaged() {
    Arbitrary<String> piece =
        Arbitraries.of("\n", " ", "\t", ":", "{", "}", "[", "]", "-", "&a ", "*a", "\"", "'", "#")
            .injectNull(0.1)
            .map(text -> text == null ? "null" : text);
    Arbitrary<String> other =
        Arbitraries.of("x", "0", "~", "!!int ", "%", "|", ">", "<<: ", "3s", "\u0000", "界", ", ");
    return Combinators.combine(
            Arbitraries.integers().between(0, EXAMPLE.length()),
            Arbitraries.integers().between(0, 12),
            Arbitraries.oneOf(piece, other))
        .as(
            (at, length, insert) ->
                EXAMPLE.substring(0, at)
                    + insert
                    + EXAMPLE.substring(Math.min(EXAMPLE.length(), at + length)));
  }

  private static String example() {
    try {
      return Files.readString(Path.of("../docs/examples/ai-trader.plan.yaml"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
