package io.holdfast.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a bench has measured.
 *
 * @param tables for people, with an {@code n} in each
 * @param figures with their budgets and peers
 * @param remarks what a reader must know to read the tables right, a line each
 */
public record Report(List<Table> tables, List<Figure> figures, List<String> remarks) {

  /** Copies the lists. */
  public Report {
    tables = List.copyOf(tables);
    figures = List.copyOf(figures);
    remarks = List.copyOf(remarks);
  }

  /** The tables, then the figures with their budgets, the remarks, and at last the results. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    var all = new ArrayList<>(tables);
    var budgets = new Table("Figures and budgets", "figure", "value", "unit", "budget");
    figures.forEach(f -> budgets.row(f.name(), Table.cell(f.value()), f.unit(), f.budget()));
    all.add(budgets);
    for (Table table : all) {
      lines.addAll(table.lines());
      lines.add("");
    }
    lines.addAll(remarks);
    lines.add("");
    figures.forEach(figure -> lines.addAll(figure.resultLines()));
    return lines;
  }
}
