package io.holdfast.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns under their titles. */
public final class Table {
  private static final String GAP = "  ";

  private final int columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these titles. */
  public Table(String... titles) {
    columns = titles.length;
    rows.add(List.of(titles));
  }

  /** Adds a row; control characters of its cells are made visible. */
  public Table row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells in a table of " + columns);
    }
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(Display.escape(cell));
    }
    rows.add(row);
    return this;
  }

  /** Prints titles and rows. */
  public void print(PrintWriter out) {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Display.width(row.get(i)));
      }
    }
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).repeat(" ", widths[i] - Display.width(cell)).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
