package io.holdfast.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void printsTablesFirstThenFiguresThenRemarksThenResults() {
    var figure =
        new Figure(
            "restart_p99_s", 0.25, "s", OptionalDouble.of(1.5), List.of(new Peer("monit", 5)));
    var times = new Table("Times", "", "n", "max").row("ours", "n=30", "0.250");

    assertThat(new Report(List.of(times), List.of(figure), List.of("A remark.")).lines())
        .containsExactly(
            "Times",
            "            n     max",
            "  ours   n=30   0.250",
            "",
            "Figures and budgets",
            "  figure          value   unit       budget",
            "  restart_p99_s   0.250      s   ≤ 1.5: met",
            "",
            "A remark.",
            "",
            "RESULT restart_p99_s 0.250 s peer monit 5.00 ratio 0.0500");
  }

  @Test
  void aRowHasACellForEachColumn() {
    var table = new Table("Times", "", "n");

    assertThatThrownBy(() -> table.row("ours")).hasMessageContaining("a cell for each");
  }

  @Test
  void numbersHaveAsManyDecimalsAsSaySomething() {
    assertThat(List.of(0.0, 0.01234, 0.1234, 1.234, 12.34, 123.4).stream().map(Table::cell))
        .containsExactly("0", "0.0123", "0.123", "1.23", "12.3", "123");
  }
}
