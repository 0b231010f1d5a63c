package io.holdfast.bench.agent;

import io.holdfast.bench.report.Figure;
import io.holdfast.bench.report.Report;
import io.holdfast.bench.report.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tables and figures of {@code bench agent --lab}. */
record AgentLabReport(Extent extent, String monitVersion, LabMeasured measured) {

  Report report() {
    List<Figure> figures =
        Stream.concat(
                measured.restarts().figures("unit_restart").stream(),
                new Costs(measured.agent(), Map.of("monit", measured.monit()))
                    .figures("packaged_agent").stream())
            .toList();
    return new Report(
        List.of(times(), costs()),
        figures,
        List.of(
            "The three units are the same program on the same host. systemd alone restarts what"
                + " exits, at once, and looks at nothing else; it is the time of the program's own"
                + " start.",
            "Below 100 kills a p99 is the largest value.",
            "The figures of memory and CPU are those of an agent that was started before the warm-up;"
                + " the row after it shows what it grows to.",
            "MB are 1,000,000 bytes. The figure of memory is the largest look; PSS is the share"
                + " of what several processes have in common."));
  }

  private Table times() {
    return measured
        .restarts()
        .table(
            "holdfast agent, systemd mode",
            "monit, cycle " + MonitFile.CYCLE + " s",
            "systemd alone, Restart=always");
  }

  private Table costs() {
    Table table = Costs.table(extent);
    Costs.row(
        table,
        "packaged holdfast agent, everything on, scraped each "
            + AgentBench.AGENT_SCRAPED_SECONDS
            + " s",
        measured.agent());
    Costs.row(
        table,
        "the same after a reload and %d healings".formatted(measured.restarts().ours().n()),
        measured.afterwards());
    Costs.row(table, MonitFile.inWords(monitVersion), measured.monit());
    return table;
  }
}
