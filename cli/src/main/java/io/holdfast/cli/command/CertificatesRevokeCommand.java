package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Texts;
import io.holdfast.proto.v1.CertificatesGrpcClient;
import io.holdfast.proto.v1.RevokeCertificatesRequest;
import io.holdfast.proto.v1.RevokeCertificatesResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Refuses certificates from now on. */
@Command(name = "revoke")
final class CertificatesRevokeCommand implements Callable<Integer> {
  private final HoldfastCommand root;
  private final Texts texts;

  @Parameters(paramLabel = "HOST", arity = "0..1", descriptionKey = "certificates.revoke_host")
  private Optional<String> host = Optional.empty();

  @Option(names = "--serial", paramLabel = "HEX", descriptionKey = "certificates.serial")
  private Optional<String> serial = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "certificates.reason")
  private String reason = "";

  @Option(
      names = {"-y", "--yes"},
      descriptionKey = "plan.yes")
  private boolean yes;

  @Spec private CommandSpec spec;

  CertificatesRevokeCommand(HoldfastCommand root) {
    this.root = root;
    this.texts = root.texts();
  }

  @Override
  public Integer call() {
    if (host.isPresent() == serial.isPresent()) {
      throw new ParameterException(spec.commandLine(), texts.text("certificates.host_or_serial"));
    }
    RevokeCertificatesRequest.Builder request =
        RevokeCertificatesRequest.newBuilder().setReason(reason);
    host.ifPresent(request::setHost);
    serial.ifPresent(request::setSerial);
    if (!yes) {
      new Confirmation(root)
          .require(
              host.isPresent()
                  ? texts.text("certificates.revoke_host_sure", Display.escape(host.get()))
                  : texts.text("certificates.revoke_serial_sure", Display.escape(serial.get())),
              "certificates.nobody");
    }
    try (CollectorClient client = root.connect()) {
      print(client.call(CertificatesGrpcClient.RevokeCertificates, request.build()));
      return ExitCode.FINE;
    }
  }

  private void print(RevokeCertificatesResponse answer) {
    if (!root.forPeople()) {
      root.print(
          MessageJson.object()
              .put("certificates", answer.getCertificates())
              .put("changed", answer.getChanged()));
      return;
    }
    root.terminal()
        .out()
        .println(
            answer.getChanged()
                ? texts.text("certificates.revoked_now", answer.getCertificates())
                : texts.text("certificates.revoked_before"));
  }
}
