package io.holdfast.bench.agent;

import io.holdfast.bench.report.Figure;
import io.holdfast.bench.report.Peer;
import io.holdfast.bench.report.Sample;
import io.holdfast.bench.report.Table;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Seconds from a kill to the first correct answer of the next process.
 *
 * @param ours with our agent
 * @param monit with monit
 * @param ownStart the same program started at once, by nobody who looks after it
 */
record Restarts(Sample ours, Sample monit, Sample ownStart) {

  private static final double BUDGET_S = 1.5;

  /** All three, named as they are to be shown. */
  Table table(String oursName, String monitName, String ownStartName) {
    var table =
        new Table(
            "Killed at a random moment: seconds to the first correct answer of the next process",
            "",
            "n",
            "min",
            "p50",
            "p99",
            "max");
    row(table, oursName, ours);
    row(table, monitName, monit);
    row(table, ownStartName, ownStart);
    return table;
  }

  /** The median and the 99th percentile; the names begin alike. */
  List<Figure> figures(String prefix) {
    return List.of(
        figure(prefix + "_p50_s", 0.5, OptionalDouble.empty()),
        figure(prefix + "_p99_s", 0.99, OptionalDouble.of(BUDGET_S)));
  }

  private static void row(Table table, String name, Sample s) {
    table.row(
        name,
        "n=" + s.n(),
        Table.cell(s.min()),
        Table.cell(s.percentile(0.5)),
        Table.cell(s.percentile(0.99)),
        Table.cell(s.max()));
  }

  private Figure figure(String name, double share, OptionalDouble budget) {
    return new Figure(
        name,
        ours.percentile(share),
        "s",
        budget,
        List.of(new Peer("monit", monit.percentile(share))));
  }
}
