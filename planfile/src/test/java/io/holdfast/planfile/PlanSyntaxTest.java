package io.holdfast.planfile;

import static io.holdfast.planfile.PlanTexts.problems;
import static io.holdfast.planfile.PlanTexts.problemsAfter;
import static io.holdfast.planfile.PlanTexts.problemsWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanSyntaxTest {

  @TempDir Path directory;

  @Test
  void refusesAMissingFile() {
    Path file = directory.resolve("absent.yaml");
    assertThat(inFile(file)).containsExactly(file + ": there is no such file");
  }

  @Test
  void refusesADirectory() {
    assertThat(inFile(directory))
        .containsExactly(directory + ": this is a directory; a file is expected");
  }

  @Test
  void refusesBytesThatAreNotUtf8WithTheirLine() throws IOException {
    Path file = directory.resolve("plan.yaml");
    Files.write(file, "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(inFile(file))
        .containsExactly(
            file
                + ": this file is not UTF-8 text: the first byte that is not stands in line 2;"
                + " save it as UTF-8");
  }

  @Test
  void refusesAFileOfMoreThanOneMebibyte() throws IOException {
    Path file = directory.resolve("plan.yaml");
    Files.writeString(file, PlanTexts.MINIMAL + "#".repeat(1 << 20));
    assertThat(inFile(file))
        .containsExactly(file + ": this file is larger than 1 MiB, which is the most that is read");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThat(problems("")).containsExactly("plan.yaml: this file is empty");
    assertThat(problems("# only a comment\n")).containsExactly("plan.yaml: this file is empty");
    assertThat(problems("---\n")).containsExactly("plan.yaml: this file is empty");
  }

  @Test
  void refusesARootThatIsNotAMapping() {
    assertThat(problems("- a\n"))
        .containsExactly("plan.yaml:1:1: found a list; a mapping (key: value) is expected");
    assertThat(problems("hello\n"))
        .containsExactly("plan.yaml:1:1: found \"hello\"; a mapping (key: value) is expected");
  }

  @Test
  void namesTheTabThatIndentsALine() {
    assertThat(problems("system:\n\tname: x\n"))
        .containsExactly("plan.yaml:2:1: a tab stands here; YAML is indented with spaces");
  }

  @Test
  void namesTheLineWhoseIndentationDoesNotFit() {
    assertThat(problems("system:\n    name: x\n  locale: en\n"))
        .containsExactly(
            "plan.yaml:3:3: the indentation of this line does not fit the lines above it");
  }

  @Test
  void namesAQuoteThatIsNotClosed() {
    assertThat(problems("system:\n  name: \"x\n"))
        .containsExactly("plan.yaml:2:9: the quote that opens here is never closed");
  }

  @Test
  void namesABracketThatIsNotClosed() {
    assertThat(problems("system: {name: x\nhosts: {}\n"))
        .containsExactly(
            "plan.yaml:2:6: a ',' or the closing bracket is missing before this place");
  }

  @Test
  void namesAColonInText() {
    assertThat(problems("system: name: x\n"))
        .containsExactly(
            "plan.yaml:1:13: a ':' cannot stand here; check the indentation, or put text with"
                + " ': ' in quotes");
  }

  @Test
  void refusesAControlCharacter() {
    assertThat(problems("system: {name: \"a\u0007\"}\n"))
        .containsExactly("plan.yaml:1:18: the character U+0007 is not allowed in YAML");
  }

  @Test
  void refusesADuplicateKeyAndNamesTheFirst() {
    assertThat(problemsWith("    unit:", "    module: other\n    unit:"))
        .containsExactly(
            "plan.yaml:11:5: services.engine.module: this key stands twice; the first is in"
                + " line 10");
  }

  @Test
  void refusesASecondDocument() {
    assertThat(problemsAfter("---\na: 1\n"))
        .containsExactly("plan.yaml:14:1: a second document begins here; one is allowed in a file");
  }

  @Test
  void refusesTagsAndMergeKeys() {
    assertThat(problemsWith("{name: shop}", "{name: !!java.net.URL shop}"))
        .containsExactly("plan.yaml:2:16: the tag tag:yaml.org,2002:java.net.URL is not allowed");
    assertThat(problemsWith("{name: shop}", "{name: !shop shop}"))
        .containsExactly("plan.yaml:2:16: system.name: the tag !shop is not allowed");
    assertThat(
            problemsWith("P1: {rto: 4h, rpo: 15m}", "P1: &o {rto: 4h, rpo: 15m}\n  P2: {<<: *o}"))
        .containsExactly(
            "plan.yaml:5:8: objectives.P2: merge keys (<<) are not allowed; write the values out");
  }

  @Test
  void refusesAliasesThatGrowWithoutBound() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String items = ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1);
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, items));
    }
    assertThat(problems(laughs.toString()))
        .containsExactly(
            "plan.yaml: this file uses more than 50 aliases (*name), the most allowed");
  }

  @Test
  void countsValuesBeforeAnyIsKept() {
    String all = "plan.yaml: this file has more than 100000 values, the most allowed";
    assertThat(problems("a: [" + "x,".repeat(400_000) + "]")).containsExactly(all);
    assertThat(problems("a: b\n".repeat(200_000))).containsExactly(all);
    assertThat(problems("hosts: {" + "a: , ".repeat(150_000) + "}")).containsExactly(all);
  }

  @Test
  void tellsAThousandProblemsAndNoMore() {
    assertThat(problems("a: b\n".repeat(10_000))).hasSize(1_000);
  }

  @Test
  void refusesAFewAliasesThatStillMakeTooMuch() {
    String list = "&a [" + "x, ".repeat(50_000) + "x]";
    assertThat(problems("a: " + list + "\nb: *a\nc: *a\n"))
        .containsExactly(
            "plan.yaml: aliases make this file larger than 100000 values, the most allowed");
  }

  @Test
  void refusesAValueThatContainsItself() {
    assertThat(problems("healing: &h [*h]\n"))
        .containsExactly("plan.yaml:1:10: healing[0]: this value contains itself through an alias");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(problems("a: " + "[".repeat(100) + "]".repeat(100)))
        .containsExactly("plan.yaml: this file nests deeper than 32 levels, the most allowed");
  }

  @Test
  void refusesAnAliasWithoutAnchor() {
    assertThat(problems("a: *b\n"))
        .containsExactly("plan.yaml:1:4: no anchor (&) is defined for the alias b");
  }

  private static List<String> inFile(Path file) {
    return ((PlanResult.Invalid) PlanReader.read(file))
        .problems().stream().map(Object::toString).toList();
  }
}
