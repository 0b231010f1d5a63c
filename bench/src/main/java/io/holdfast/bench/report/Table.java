package io.holdfast.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows for people: the first column stands to the left, the others to the right. */
public final class Table {

  private static final String GAP = "   ";

  private final String title;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param header names of the columns
   */
  public Table(String title, String... header) {
    this.title = title;
    rows.add(List.of(header));
  }

  /** Adds a row with a cell for each column. */
  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException("a cell for each of " + rows.getFirst());
    }
    rows.add(List.of(cells));
    return this;
  }

  /** A number as a cell. */
  public static String cell(double value) {
    return Words.number(value);
  }

  /** Title, header and rows, a line each. */
  public List<String> lines() {
    List<Integer> widths =
        IntStream.range(0, rows.getFirst().size()).mapToObj(this::width).toList();
    var lines = new ArrayList<String>();
    lines.add(title);
    for (List<String> row : rows) {
      String line =
          IntStream.range(0, row.size())
              .mapToObj(column -> padded(row.get(column), widths.get(column), column == 0))
              .collect(Collectors.joining(GAP));
      lines.add("  " + line.stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }

  private static String padded(String cell, int width, boolean left) {
    String space = " ".repeat(width - cell.length());
    return left ? cell + space : space + cell;
  }
}
