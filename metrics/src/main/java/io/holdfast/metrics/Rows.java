package io.holdfast.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The figures of one name in one reading, bounded: whatever names services, disks or mounts have,
 * and however many there are.
 */
public final class Rows {
  /** More sets of labels than this are left out. */
  public static final int ROWS_MAX = 600;

  /** Longer values of labels are cut. */
  public static final int VALUE_MAX = 128;

  private final int labels;
  private final Map<List<String>, Row> rows = new LinkedHashMap<>();
  private long leftOut;

  /**
   * One figure.
   *
   * @param value the sum, where there is a count
   */
  record Row(double value, long count) {}

  Rows(int labels) {
    this.labels = labels;
  }

  /** A figure with the values of its labels; left out when it is not a number. */
  public void add(double value, String... values) {
    put(new Row(value, 0), values);
  }

  /** A sum of seconds and how many they were, with the values of its labels. */
  public void add(long count, double sum, String... values) {
    put(new Row(sum, count), values);
  }

  Map<List<String>, Row> kept() {
    return rows;
  }

  long leftOut() {
    return leftOut;
  }

  private void put(Row row, String... values) {
    if (values.length != labels) {
      throw new IllegalArgumentException(values.length + " values for " + labels + " labels");
    }
    if (Double.isNaN(row.value())) {
      return;
    }
    List<String> key = Stream.of(values).map(Rows::cut).toList();
    if (rows.size() >= ROWS_MAX || rows.putIfAbsent(key, row) != null) {
      leftOut++;
    }
  }

  private static String cut(String value) {
    return value.length() <= VALUE_MAX ? value : value.substring(0, VALUE_MAX);
  }
}
