package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Texts;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.v1.CertificatesGrpcClient;
import io.holdfast.proto.v1.RenewCertificatesRequest;
import io.holdfast.proto.v1.RenewCertificatesResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has hosts renew their certificates before their time. */
@Command(name = "renew")
final class CertificatesRenewCommand implements Callable<Integer> {
  private final HoldfastCommand root;
  private final Texts texts;

  @Parameters(paramLabel = "HOST", arity = "0..1", descriptionKey = "certificates.renew_host")
  private Optional<String> host = Optional.empty();

  @Option(names = "--all", descriptionKey = "certificates.renew_all")
  private boolean all;

  @Spec private CommandSpec spec;

  CertificatesRenewCommand(HoldfastCommand root) {
    this.root = root;
    this.texts = root.texts();
  }

  @Override
  public Integer call() {
    if (host.isPresent() == all) {
      throw new ParameterException(spec.commandLine(), texts.text("certificates.host_or_all"));
    }
    RenewCertificatesRequest.Builder request = RenewCertificatesRequest.newBuilder();
    host.ifPresent(request::setHost);
    try (CollectorClient client = root.connect()) {
      print(client.call(CertificatesGrpcClient.RenewCertificates, request.build()));
      return ExitCode.FINE;
    }
  }

  private void print(RenewCertificatesResponse answer) {
    if (!root.forPeople()) {
      root.print(MessageJson.of(answer));
    } else if (answer.getHostsCount() == 0) {
      root.terminal().out().println(texts.text("certificates.renew_none"));
    } else {
      String hosts =
          answer.getHostsList().stream().map(Display::escape).collect(Collectors.joining(", "));
      root.terminal()
          .out()
          .println(
              answer.getWithinMillis() < 1_000
                  ? texts.text("certificates.renewing", hosts)
                  : texts.text(
                      "certificates.renewing_within", hosts, Times.span(answer.getWithinMillis())));
    }
  }
}
