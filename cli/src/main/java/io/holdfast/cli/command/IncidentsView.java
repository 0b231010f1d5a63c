package io.holdfast.cli.command;

import io.holdfast.cli.text.Table;
import io.holdfast.cli.text.Texts;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.v1.Incident;
import java.util.List;

/** Incidents as a table. */
final class IncidentsView {
  private final Texts texts;
  private final StatusView reasons;

  IncidentsView(Texts texts) {
    this.texts = texts;
    this.reasons = new StatusView(texts);
  }

  Table table(List<Incident> incidents, Times times) {
    Table table =
        new Table(
            texts.text("column.incident"),
            texts.text("column.level"),
            texts.text("column.service"),
            texts.text("column.host"),
            texts.text("column.state"),
            texts.text("column.last_good"),
            texts.text("column.outage"),
            texts.text("column.objective"),
            texts.text("column.why"));
    for (Incident incident : incidents) {
      table.row(
          incident.getId(),
          incident.getLevel(),
          incident.getService(),
          incident.getHost(),
          state(incident, times),
          times.at(incident.getLastGoodWallMillis()),
          Times.span(incident.getOutageMillis()),
          objective(incident),
          why(incident));
    }
    return table;
  }

  private String state(Incident incident, Times times) {
    if (incident.getOpen()) {
      return texts.text("incident.open");
    }
    String key = incident.getAbandoned() ? "incident.abandoned" : "incident.recovered";
    return texts.text(key, times.at(incident.getRecoveredWallMillis()));
  }

  private String objective(Incident incident) {
    if (incident.getRtoMillis() <= 0) {
      return "-";
    }
    boolean missed = incident.getOutageMillis() > incident.getRtoMillis();
    String span = Times.span(incident.getRtoMillis());
    return missed ? texts.text("incident.objective_missed", span) : span;
  }

  private String why(Incident incident) {
    return incident.getReasonsCount() > 0
        ? reasons.why(incident.getReasonsList())
        : incident.getWhy();
  }
}
