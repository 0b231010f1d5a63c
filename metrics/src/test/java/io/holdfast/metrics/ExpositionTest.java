package io.holdfast.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  private static final Catalog<List<String>> CATALOG =
      new Catalog<List<String>>()
          .info("holdfast_test_build_info", "Build.", "version", "1.0")
          .gauge("holdfast_test_names", "Names.", List::size)
          .counter("holdfast_test_seen_total", "Seen.", List::size)
          .gauges(
              "holdfast_test_length_bytes",
              "Length.",
              List.of("name"),
              (names, rows) -> names.forEach(name -> rows.add(name.length(), name)))
          .summaries(
              "holdfast_test_wait_seconds",
              "Waits.",
              List.of("name"),
              (names, rows) -> names.forEach(name -> rows.add(4, 0.5, name)))
          .histogram(
              "holdfast_test_append_seconds",
              "Appends.",
              List.of(Duration.ofMillis(10), Duration.ofSeconds(1)));

  private final Exposition<List<String>> exposition =
      new Exposition<>(CATALOG, "holdfast_test_series_left_out");

  @Test
  void writesEachKindWithItsHelpAndType() {
    exposition.record("holdfast_test_append_seconds", Duration.ofMillis(20));
    assertThat(exposition.text(List.of("api")).lines())
        .contains(
            "# HELP holdfast_test_names Names.",
            "# TYPE holdfast_test_names gauge",
            "holdfast_test_names 1.0",
            "# TYPE holdfast_test_build_info gauge",
            "holdfast_test_build_info{version=\"1.0\"} 1",
            "# TYPE holdfast_test_seen_total counter",
            "holdfast_test_seen_total 1.0",
            "holdfast_test_length_bytes{name=\"api\"} 3.0",
            "# TYPE holdfast_test_wait_seconds summary",
            "holdfast_test_wait_seconds_count{name=\"api\"} 4",
            "holdfast_test_wait_seconds_sum{name=\"api\"} 0.5",
            "# TYPE holdfast_test_append_seconds histogram",
            "holdfast_test_append_seconds_bucket{le=\"0.01\"} 0",
            "holdfast_test_append_seconds_bucket{le=\"1.0\"} 1",
            "holdfast_test_append_seconds_count 1",
            "holdfast_test_series_left_out 0.0");
  }

  @Test
  void forgetsWhatAReadingNoLongerHas() {
    assertThat(exposition.text(List.of("old", "both"))).contains("name=\"old\"", "name=\"both\"");
    assertThat(exposition.text(List.of("both", "new")))
        .contains("name=\"both\"", "name=\"new\"")
        .doesNotContain("name=\"old\"");
  }

  @Test
  void aFloodOfNamesIsBoundedAndTold() {
    List<String> flood = IntStream.range(0, 5_000).mapToObj(i -> "service-" + i).toList();
    String text = exposition.text(flood);
    assertThat(text.lines().filter(line -> line.startsWith("holdfast_test_length_bytes{")))
        .hasSize(Rows.ROWS_MAX);
    assertThat(text).contains("holdfast_test_series_left_out " + 2.0 * (5_000 - Rows.ROWS_MAX));
    assertThat(exposition.text(List.of()).lines().filter(line -> line.contains("service-")))
        .isEmpty();
  }

  @Test
  void aChangingFloodLeavesNothingBehind() {
    int first = exposition.text(List.of("service-0")).length();
    for (int i = 0; i < 2_000; i++) {
      assertThat(exposition.text(List.of("service-" + i % 10)).length()).isEqualTo(first);
    }
  }

  @Property(tries = 200)
  void noNameCanAddALine(@ForAll String hostile) {
    Exposition<List<String>> one = new Exposition<>(CATALOG, "holdfast_test_series_left_out");
    List<String> text = Arrays.asList(one.text(List.of(hostile)).split("\n", -1));
    assertThat(text).hasSameSizeAs(one.text(List.of("plain")).split("\n", -1));
    assertThat(text).allMatch(line -> line.isEmpty() || line.matches("(?s)(# |holdfast_test_).*"));
  }

  @Test
  void cutsLongNames() {
    assertThat(exposition.text(List.of("x".repeat(10_000)))).hasSizeLessThan(4_000);
  }

  @Test
  void refusesNamesThatPrometheusWouldCallWrong() {
    Catalog<String> catalog = new Catalog<>();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog.counter("holdfast_things", "Things.", s -> 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog.gauge("holdfast_things_total", "Things.", s -> 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog.gauge("things", "Things.", s -> 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog.histogram("holdfast_wait_millis", "Waits.", List.of()));
  }

  @Test
  void whatIsNotKnownIsNotShown() {
    Catalog<String> catalog =
        new Catalog<String>().gauge("holdfast_test_unknown_ratio", "Unknown.", s -> Double.NaN);
    assertThat(new Exposition<>(catalog, "holdfast_test_series_left_out").text(""))
        .doesNotContain("unknown");
  }
}
