package io.holdfast.cli.command;

import io.holdfast.cli.text.Amounts;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.Table;
import io.holdfast.cli.text.Texts;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.agent.v1.Reason;
import io.holdfast.proto.agent.v1.Verdict;
import io.holdfast.proto.v1.ServiceStatus;
import io.holdfast.proto.v1.SystemStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** The state of the system as tables. */
final class StatusView {
  private static final int SHORT_HASH = 12;

  private final Texts texts;

  StatusView(Texts texts) {
    this.texts = texts;
  }

  void print(SystemStatus status, PrintWriter out) {
    Times times = Times.of(status.getTimezone(), status.getWallMillis());
    out.println(summary(status, times));
    if (status.getPlanHash().isEmpty()) {
      out.println(texts.text("status.no_plan"));
    }
    if (status.getHostsCount() > 0) {
      out.println();
      new HostsView(texts).brief(status).print(out);
    }
    if (status.getServicesCount() > 0) {
      out.println();
      services(status).print(out);
    }
    out.println();
    if (status.getOpenIncidentsCount() == 0) {
      out.println(texts.text("incidents.none_open"));
    } else {
      new IncidentsView(texts).table(status.getOpenIncidentsList(), times).print(out);
    }
  }

  private String summary(SystemStatus status, Times times) {
    String system = status.getSystem().isEmpty() ? "-" : Display.escape(status.getSystem());
    String health =
        status.hasSystemHealth()
            ? Amounts.percent(status.getSystemHealth())
            : texts.text("status.health_unknown");
    return texts.text(
        "status.summary",
        system,
        health,
        shortHash(status.getPlanHash()),
        Display.escape(status.getCollector()),
        times.at(status.getWallMillis()));
  }

  Table services(SystemStatus status) {
    Times times = Times.of(status.getTimezone(), status.getWallMillis());
    Table table =
        new Table(
            texts.text("column.service"),
            texts.text("column.host"),
            texts.text("column.verdict"),
            texts.text("column.since"),
            texts.text("column.pid"),
            texts.text("column.kind"),
            texts.text("column.why"));
    for (ServiceStatus service : status.getServicesList()) {
      table.row(
          service.getName(),
          service.getHost(),
          verdict(service),
          times.at(service.getSinceWallMillis()),
          service.getPid() > 0 ? Long.toString(service.getPid()) : "-",
          kind(service),
          why(service.getReasonsList()));
    }
    return table;
  }

  private String verdict(ServiceStatus service) {
    String verdict = verdict(service.getVerdict());
    return service.getHealing() ? texts.text("verdict.healing", verdict) : verdict;
  }

  String verdict(Verdict verdict) {
    return switch (verdict) {
      case VERDICT_HEALTHY -> texts.text("verdict.healthy");
      case VERDICT_UNHEALTHY -> texts.text("verdict.unhealthy");
      case VERDICT_UNKNOWN, VERDICT_UNSPECIFIED, UNRECOGNIZED -> texts.text("verdict.unknown");
    };
  }

  private String kind(ServiceStatus service) {
    String kind = texts.text(service.getCritical() ? "service.critical" : "service.not_critical");
    return service.getExclusive() ? texts.text("service.exclusive", kind) : kind;
  }

  String why(List<Reason> reasons) {
    return reasons.stream().map(this::why).collect(Collectors.joining("; "));
  }

  private String why(Reason reason) {
    StringBuilder why = new StringBuilder();
    if (!reason.getCheck().isEmpty()) {
      why.append(reason.getCheck()).append(": ");
    }
    why.append(texts.code("reason.", reason.getCode()));
    if (!reason.getDetail().isEmpty()) {
      why.append(" (").append(reason.getDetail()).append(')');
    }
    return why.toString();
  }

  static String shortHash(String hash) {
    if (hash.isEmpty()) {
      return "-";
    }
    String digest = hash.substring(hash.indexOf(':') + 1);
    String text = Display.escape(digest);
    return text.substring(0, Math.min(SHORT_HASH, text.length()));
  }
}
