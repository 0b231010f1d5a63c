package io.holdfast.bench.agent;

import io.holdfast.bench.report.Figure;
import io.holdfast.bench.report.Report;
import io.holdfast.bench.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

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

  Report report() {
    var peers = new LinkedHashMap<String, Consumption>();
    peers.put("prometheus-node-exporter", consumption.get(2));
    peers.put("monit", consumption.get(3));
    List<Figure> figures =
        Stream.concat(
                new Costs(consumption.get(0), peers).figures("agent").stream(),
                restarts.figures("restart").stream())
            .toList();
    return new Report(
        List.of(costs(), times()),
        figures,
        List.of(
            "MB are 1,000,000 bytes. The figure of memory is the largest look.",
            "Keepers are the parents of services in process mode: one bash and its reader for each"
                + " service; they are not in the figures.",
            "The agent observes the host, checks the services and restarts them; node_exporter does"
                + " the first of these, monit the second and third.",
            "The budget of restart_p99_s speaks of systemd mode, which is bench agent --lab;"
                + " measured is process mode. Below 100 kills a p99 is the largest value."));
  }

  private Table costs() {
    Table table = Costs.table(extent);
    Costs.row(
        table,
        "holdfast agent, everything on, scraped each " + AgentBench.AGENT_SCRAPED_SECONDS + " s",
        consumption.get(0));
    Costs.row(table, "its keepers (apart)", consumption.get(1));
    Costs.row(
        table,
        "prometheus-node-exporter "
            + exporterVersion
            + ", scraped each "
            + AgentBench.EXPORTER_SCRAPED_SECONDS
            + " s",
        consumption.get(2));
    Costs.row(table, MonitFile.inWords(monitVersion), consumption.get(3));
    return table;
  }

  private Table times() {
    return restarts.table(
        "holdfast agent, process mode",
        "monit, cycle " + MonitFile.CYCLE + " s",
        "the program's own start (in both of them)");
  }
}
