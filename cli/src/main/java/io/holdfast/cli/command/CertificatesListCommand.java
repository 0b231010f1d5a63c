package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Table;
import io.holdfast.cli.text.Texts;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.v1.Certificate;
import io.holdfast.proto.v1.CertificatesGrpcClient;
import io.holdfast.proto.v1.ListCertificatesRequest;
import io.holdfast.proto.v1.ListCertificatesResponse;
import io.holdfast.proto.v1.Revocation;
import io.holdfast.proto.v1.Token;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Which certificates hold, which are revoked, which tokens there are. */
@Command(name = "list")
final class CertificatesListCommand implements Callable<Integer> {
  private final HoldfastCommand root;
  private final Texts texts;

  CertificatesListCommand(HoldfastCommand root) {
    this.root = root;
    this.texts = root.texts();
  }

  @Override
  public Integer call() {
    try (CollectorClient client = root.connect()) {
      ListCertificatesResponse answer =
          client.call(
              CertificatesGrpcClient.ListCertificates,
              ListCertificatesRequest.getDefaultInstance());
      if (root.forPeople()) {
        print(answer, root.terminal().out());
      } else {
        root.print(MessageJson.of(answer));
      }
      return ExitCode.FINE;
    }
  }

  private void print(ListCertificatesResponse answer, PrintWriter out) {
    Times times = Times.of(answer.getTimezone(), answer.getWallMillis());
    if (answer.getCertificatesCount() == 0) {
      out.println(texts.text("certificates.none"));
    } else {
      certificates(answer, times).print(out);
    }
    if (answer.getRevocationsCount() > 0) {
      out.println();
      revocations(answer, times).print(out);
    }
    if (answer.getTokensCount() > 0) {
      out.println();
      tokens(answer, times).print(out);
    }
  }

  private Table certificates(ListCertificatesResponse answer, Times times) {
    Table table =
        new Table(
            texts.text("column.certificate_of"),
            texts.text("column.serial"),
            texts.text("column.issued"),
            texts.text("column.ends"),
            texts.text("column.by"),
            texts.text("column.state"));
    for (Certificate each : answer.getCertificatesList()) {
      table.row(
          Display.escape(each.getIdentity()),
          Display.escape(each.getSerial()),
          times.at(each.getIssuedWallMillis()),
          times.at(each.getEndsWallMillis()),
          texts.code("certificate.", each.getCause().name()),
          texts.text(each.getRevoked() ? "certificate.revoked" : "certificate.holds"));
    }
    return table;
  }

  private Table revocations(ListCertificatesResponse answer, Times times) {
    Table table =
        new Table(
            texts.text("column.revoked"),
            texts.text("column.when"),
            texts.text("column.operator"),
            texts.text("column.why"));
    for (Revocation each : answer.getRevocationsList()) {
      table.row(
          Display.escape(each.getSerial().isEmpty() ? each.getIdentity() : each.getSerial()),
          times.at(each.getWallMillis()),
          Display.escape(each.getOperator()),
          Display.escape(each.getReason()));
    }
    return table;
  }

  private Table tokens(ListCertificatesResponse answer, Times times) {
    Table table =
        new Table(
            texts.text("column.token_for"),
            texts.text("column.issued"),
            texts.text("column.ends"),
            texts.text("column.operator"),
            texts.text("column.state"));
    for (Token each : answer.getTokensList()) {
      table.row(
          Display.escape(each.getHost()),
          times.at(each.getIssuedWallMillis()),
          times.at(each.getExpiresWallMillis()),
          Display.escape(each.getOperator()),
          texts.code("token.", each.getState().name()));
    }
    return table;
  }
}
