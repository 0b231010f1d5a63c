package io.holdfast.cli.command;

import io.holdfast.cli.text.Amounts;
import io.holdfast.cli.text.Table;
import io.holdfast.cli.text.Texts;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.agent.v1.HostSample;
import io.holdfast.proto.v1.HostStatus;
import io.holdfast.proto.v1.LoadPoint;
import io.holdfast.proto.v1.SystemStatus;

/** Hosts as tables. */
final class HostsView {
  private static final String NOT_KNOWN = "-";

  private final Texts texts;

  HostsView(Texts texts) {
    this.texts = texts;
  }

  /** What {@code status} shows of them. */
  Table brief(SystemStatus status) {
    Table table =
        new Table(
            texts.text("column.host"),
            texts.text("column.site"),
            texts.text("column.address"),
            texts.text("column.state"),
            texts.text("column.silent"),
            texts.text("column.cpu"),
            texts.text("column.memory"),
            texts.text("column.plan"));
    for (HostStatus host : status.getHostsList()) {
      table.row(
          host.getName(),
          orUnknown(host.getSite()),
          host.getAddress(),
          state(host),
          Times.span(host.getSilentMillis()),
          cpu(host),
          memory(host),
          currentOrOther(status, host));
    }
    return table;
  }

  /** What {@code hosts} shows: plan, build and certificate of each, and its load. */
  Table full(SystemStatus status) {
    Times times = Times.of(status.getTimezone(), status.getWallMillis());
    Table table =
        new Table(
            texts.text("column.host"),
            texts.text("column.site"),
            texts.text("column.address"),
            texts.text("column.state"),
            texts.text("column.silent"),
            texts.text("column.plan"),
            texts.text("column.agent"),
            texts.text("column.certificate_until"),
            texts.text("column.cpu"),
            texts.text("column.memory"),
            texts.text("column.disk_full"),
            texts.text("column.disk_busy"),
            texts.text("column.network"));
    for (HostStatus host : status.getHostsList()) {
      LoadPoint load = host.getLoad();
      table.row(
          host.getName(),
          orUnknown(host.getSite()),
          host.getAddress(),
          state(host),
          Times.span(host.getSilentMillis()),
          hash(status, host),
          orUnknown(host.getAgentBuild()),
          host.getCertificateRevokedWallMillis() > 0
              ? texts.text("certificate.revoked")
              : times.at(host.getCertificateEndsWallMillis()),
          cpu(host),
          memory(host),
          load.hasDiskUsedRatio() ? Amounts.percent(load.getDiskUsedRatio()) : NOT_KNOWN,
          load.hasDiskBusyRatio() ? Amounts.percent(load.getDiskBusyRatio()) : NOT_KNOWN,
          load.hasNetworkBytesPerSecond()
              ? Amounts.rate(load.getNetworkBytesPerSecond())
              : NOT_KNOWN);
    }
    return table;
  }

  private String state(HostStatus host) {
    return texts.text(host.getConnected() ? "host.connected" : "host.not_connected");
  }

  private static String cpu(HostStatus host) {
    return host.getSample().hasCpuBusyRatio()
        ? Amounts.percent(host.getSample().getCpuBusyRatio())
        : NOT_KNOWN;
  }

  private static String memory(HostStatus host) {
    HostSample sample = host.getSample();
    if (sample.getMemoryTotalBytes() <= 0) {
      return NOT_KNOWN;
    }
    double available = (double) sample.getMemoryAvailableBytes() / sample.getMemoryTotalBytes();
    return Amounts.percent(1 - available);
  }

  private String currentOrOther(SystemStatus status, HostStatus host) {
    if (host.getPlanHash().isEmpty()) {
      return NOT_KNOWN;
    }
    return worksFromThePlanInForce(status, host)
        ? texts.text("host.plan_current")
        : texts.text("host.plan_other", StatusView.shortHash(host.getPlanHash()));
  }

  private String hash(SystemStatus status, HostStatus host) {
    String hash = StatusView.shortHash(host.getPlanHash());
    return worksFromThePlanInForce(status, host) ? hash : texts.text("host.plan_differs", hash);
  }

  static boolean worksFromThePlanInForce(SystemStatus status, HostStatus host) {
    return !status.getPlanHash().isEmpty() && host.getPlanHash().equals(status.getPlanHash());
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? NOT_KNOWN : text;
  }
}
