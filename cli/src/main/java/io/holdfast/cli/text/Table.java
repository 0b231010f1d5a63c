package io.holdfast.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns under their titles. */
public final class Table {
  private static final String GAP = "  ";

  private final int[] widths;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these titles. */
  public Table(String... titles) {
    widths = new int[titles.length];
    rows.add(measured(titles));
  }

  /** Adds a row; control characters of its cells are made visible. */
  public Table row(String... cells) {
    rows.add(measured(cells));
    return this;
  }

  /** Prints titles and rows. */
  public void print(PrintWriter out) {
    rows.forEach(row -> out.println(line(row)));
  }

  /** Prints one more row under those that were printed, as far as it fits. */
  public void append(PrintWriter out, String... cells) {
    out.println(line(measured(cells)));
  }

  private List<String> measured(String... cells) {
    if (cells.length != widths.length) {
      throw new IllegalArgumentException(cells.length + " cells in a table of " + widths.length);
    }
    List<String> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      String cell = Display.escape(cells[i]);
      widths[i] = Math.max(widths[i], Display.width(cell));
      row.add(cell);
    }
    return row;
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).repeat(" ", widths[i] - Display.width(cell)).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
