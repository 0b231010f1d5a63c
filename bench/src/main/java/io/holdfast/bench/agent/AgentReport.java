package io.holdfast.bench.agent;

import io.holdfast.bench.report.Figure;
import io.holdfast.bench.report.Peer;
import io.holdfast.bench.report.Report;
import io.holdfast.bench.report.Sample;
import io.holdfast.bench.report.Table;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The tables and figures of {@code bench agent}.
 *
 * @param consumption of the agent, its keepers, node_exporter and monit, in this order
 */
record AgentReport(
    Extent extent,
    String exporterVersion,
    String monitVersion,
    List<Consumption> consumption,
    Restarts restarts) {

  private static final double RSS_BUDGET_MB = 96;
  private static final double CPU_BUDGET = 1.2;
  private static final double RESTART_BUDGET_S = 1.5;

  Report report() {
    return new Report(
        List.of(costs(), times()),
        List.of(
            cost("agent_rss_mb", "MB", RSS_BUDGET_MB, c -> c.residentMb().max()),
            cost(
                "agent_cpu_seconds_per_minute",
                "s/min",
                CPU_BUDGET,
                Consumption::cpuSecondsPerMinute),
            time("restart_p50_s", 0.5, OptionalDouble.empty()),
            time("restart_p99_s", 0.99, OptionalDouble.of(RESTART_BUDGET_S))),
        List.of(
            "MB are 1,000,000 bytes. The figure of memory is the largest look.",
            "Keepers are the parents of services in process mode: one bash and its reader for each"
                + " service; they are not in the figures.",
            "The agent observes the host, checks the services and restarts them; node_exporter does"
                + " the first of these, monit the second and third.",
            "The budget of restart_p99_s speaks of systemd mode; measured is process mode. Below"
                + " 100 kills a p99 is the largest value."));
  }

  private Table costs() {
    var table =
        new Table(
            "Memory and CPU in the same %d s, after %d s of warm-up"
                .formatted(extent.window().toSeconds(), extent.warmUp().toSeconds()),
            "",
            "n",
            "RSS max MB",
            "RSS mean MB",
            "PSS MB",
            "CPU s/min");
    costRow(
        table,
        "holdfast agent, everything on, scraped each " + AgentBench.AGENT_SCRAPED_SECONDS + " s",
        consumption.get(0));
    costRow(table, "its keepers (apart)", consumption.get(1));
    costRow(
        table,
        "prometheus-node-exporter "
            + exporterVersion
            + ", scraped each "
            + AgentBench.EXPORTER_SCRAPED_SECONDS
            + " s",
        consumption.get(2));
    costRow(
        table, "monit " + monitVersion + ", cycle " + MonitFile.CYCLE + " s", consumption.get(3));
    return table;
  }

  private static void costRow(Table table, String name, Consumption c) {
    OptionalDouble share = c.shareMb();
    table.row(
        name,
        "n=" + c.residentMb().n(),
        Table.cell(c.residentMb().max()),
        Table.cell(c.residentMb().mean()),
        share.isPresent() ? Table.cell(share.getAsDouble()) : "-",
        Table.cell(c.cpuSecondsPerMinute()));
  }

  private Table times() {
    var table =
        new Table(
            "Killed at a random moment: seconds to the first correct answer of the next process",
            "",
            "n",
            "min",
            "p50",
            "p99",
            "max");
    timeRow(table, "holdfast agent, process mode", restarts.ours());
    timeRow(table, "monit, cycle " + MonitFile.CYCLE + " s", restarts.monit());
    timeRow(table, "the program's own start (in both of them)", restarts.ownStart());
    return table;
  }

  private static void timeRow(Table table, String name, Sample s) {
    table.row(
        name,
        "n=" + s.n(),
        Table.cell(s.min()),
        Table.cell(s.percentile(0.5)),
        Table.cell(s.percentile(0.99)),
        Table.cell(s.max()));
  }

  private Figure cost(
      String name, String unit, double budget, ToDoubleFunction<Consumption> value) {
    return new Figure(
        name,
        value.applyAsDouble(consumption.get(0)),
        unit,
        OptionalDouble.of(budget),
        List.of(
            new Peer("prometheus-node-exporter", value.applyAsDouble(consumption.get(2))),
            new Peer("monit", value.applyAsDouble(consumption.get(3)))));
  }

  private Figure time(String name, double share, OptionalDouble budget) {
    return new Figure(
        name,
        restarts.ours().percentile(share),
        "s",
        budget,
        List.of(new Peer("monit", restarts.monit().percentile(share))));
  }
}
