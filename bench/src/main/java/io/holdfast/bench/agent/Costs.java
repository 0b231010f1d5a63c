package io.holdfast.bench.agent;

import io.holdfast.bench.report.Figure;
import io.holdfast.bench.report.Peer;
import io.holdfast.bench.report.Table;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Memory and CPU, as every report about the agent shows them.
 *
 * @param ours of the agent
 * @param peers by name, in the order in which they are shown
 */
record Costs(Consumption ours, Map<String, Consumption> peers) {

  private static final double RSS_BUDGET_MB = 96;
  private static final double CPU_BUDGET = 1.2;

  /** A table without rows. */
  static Table table(Extent extent) {
    return new Table(
        "Memory and CPU in the same %d s, after %d s of warm-up"
            .formatted(extent.window().toSeconds(), extent.warmUp().toSeconds()),
        "",
        "n",
        "RSS max MB",
        "RSS mean MB",
        "PSS MB",
        "CPU s/min");
  }

  static void row(Table table, String name, Consumption c) {
    OptionalDouble share = c.shareMb();
    table.row(
        name,
        "n=" + c.residentMb().n(),
        Table.cell(c.residentMb().max()),
        Table.cell(c.residentMb().mean()),
        share.isPresent() ? Table.cell(share.getAsDouble()) : "-",
        Table.cell(c.cpuSecondsPerMinute()));
  }

  /** The figure of memory, and that of CPU; the names begin alike. */
  List<Figure> figures(String prefix) {
    return List.of(
        figure(prefix + "_rss_mb", "MB", RSS_BUDGET_MB, c -> c.residentMb().max()),
        figure(
            prefix + "_cpu_seconds_per_minute",
            "s/min",
            CPU_BUDGET,
            Consumption::cpuSecondsPerMinute));
  }

  private Figure figure(
      String name, String unit, double budget, ToDoubleFunction<Consumption> value) {
    return new Figure(
        name,
        value.applyAsDouble(ours),
        unit,
        OptionalDouble.of(budget),
        peers.entrySet().stream()
            .map(peer -> new Peer(peer.getKey(), value.applyAsDouble(peer.getValue())))
            .toList());
  }
}
