package io.holdfast.bench.agent;

import io.holdfast.bench.report.Sample;
import io.holdfast.demo.stage.StageException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What {@link LabProbe} has measured; it is handed on as lines of text, a name and numbers each.
 *
 * @param agent the packaged agent
 * @param monit the monit beside it
 * @param restarts of the three twins
 * @param afterwards the same agent after a reload and all those healings
 */
record LabMeasured(
    Consumption agent, Consumption monit, Restarts restarts, Consumption afterwards) {

  /** What the two programs need, in lines. */
  static List<String> lines(Consumption agent, Consumption monit) {
    var rows = new LinkedHashMap<String, List<Double>>();
    put(rows, "agent", agent);
    put(rows, "monit", monit);
    return lines(rows);
  }

  /** The times of the three twins and what came of the agent, in lines. */
  static List<String> lines(Restarts restarts, Consumption afterwards) {
    var rows = new LinkedHashMap<String, List<Double>>();
    rows.put("restarts.agent", restarts.ours().sorted());
    rows.put("restarts.monit", restarts.monit().sorted());
    rows.put("restarts.own", restarts.ownStart().sorted());
    put(rows, "afterwards", afterwards);
    return lines(rows);
  }

  private static List<String> lines(Map<String, List<Double>> rows) {
    return rows.entrySet().stream()
        .map(
            row ->
                row.getKey()
                    + row.getValue().stream()
                        .map(value -> " " + value)
                        .collect(Collectors.joining()))
        .toList();
  }

  private static void put(Map<String, List<Double>> rows, String who, Consumption c) {
    rows.put(who + ".resident", c.residentMb().sorted());
    c.shareMb().ifPresent(share -> rows.put(who + ".share", List.of(share)));
    rows.put(who + ".cpu", List.of(c.cpuSecondsPerMinute()));
  }

  /**
   * Reads what both kinds of lines say together.
   *
   * @throws StageException when something is missing
   */
  static LabMeasured of(List<String> lines) {
    Map<String, List<Double>> rows =
        lines.stream()
            .map(line -> line.split(" "))
            .collect(
                Collectors.toMap(
                    words -> words[0],
                    words -> Arrays.stream(words).skip(1).map(Double::valueOf).toList()));
    return new LabMeasured(
        consumption(rows, "agent"),
        consumption(rows, "monit"),
        new Restarts(
            sample(rows, "restarts.agent"),
            sample(rows, "restarts.monit"),
            sample(rows, "restarts.own")),
        consumption(rows, "afterwards"));
  }

  private static Consumption consumption(Map<String, List<Double>> rows, String who) {
    List<Double> share = rows.getOrDefault(who + ".share", List.of());
    return new Consumption(
        sample(rows, who + ".resident"),
        share.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(share.getFirst()),
        sample(rows, who + ".cpu").max());
  }

  private static Sample sample(Map<String, List<Double>> rows, String key) {
    List<Double> values = rows.getOrDefault(key, List.of());
    if (values.isEmpty()) {
      throw StageException.failed("the measuring in the lab said nothing of " + key);
    }
    return Sample.of(values);
  }
}
