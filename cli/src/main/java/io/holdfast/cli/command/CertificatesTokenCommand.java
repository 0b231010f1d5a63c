package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.collector.CollectorClient;
import io.holdfast.cli.text.Display;
import io.holdfast.cli.text.MessageJson;
import io.holdfast.cli.text.Texts;
import io.holdfast.cli.text.Times;
import io.holdfast.proto.v1.CertificatesGrpcClient;
import io.holdfast.proto.v1.CreateTokenRequest;
import io.holdfast.proto.v1.CreateTokenResponse;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A one-time token with which a host gets its certificate. */
@Command(name = "token")
final class CertificatesTokenCommand implements Callable<Integer> {
  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([smh])");
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final HoldfastCommand root;

  @Parameters(paramLabel = "HOST", descriptionKey = "certificates.host")
  private String host = "";

  @Option(names = "--valid", paramLabel = "TIME", descriptionKey = "certificates.valid")
  private String valid = "15m";

  @Spec private CommandSpec spec;

  CertificatesTokenCommand(HoldfastCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    CreateTokenRequest request =
        CreateTokenRequest.newBuilder()
            .setHost(host)
            .setValidMillis(
                span(valid)
                    .filter(span -> span.compareTo(SHORTEST) >= 0 && span.compareTo(LONGEST) <= 0)
                    .orElseThrow(
                        () ->
                            new ParameterException(
                                spec.commandLine(),
                                root.texts()
                                    .text("certificates.valid_wrong", Display.escape(valid))))
                    .toMillis())
            .build();
    try (CollectorClient client = root.connect()) {
      CreateTokenResponse answer = client.call(CertificatesGrpcClient.CreateToken, request);
      if (root.forPeople()) {
        print(answer);
      } else {
        root.print(
            MessageJson.object()
                .put("host", answer.getHost())
                .put("token", answer.getToken())
                .put("expires", Instant.ofEpochMilli(answer.getExpiresWallMillis()).toString()));
      }
      return ExitCode.FINE;
    }
  }

  private static Optional<Duration> span(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  private void print(CreateTokenResponse answer) {
    Texts texts = root.texts();
    Times times = Times.of(answer.getTimezone(), System.currentTimeMillis());
    root.terminal()
        .err()
        .println(
            texts.text(
                "certificates.token_made",
                Display.escape(answer.getHost()),
                times.at(answer.getExpiresWallMillis())));
    root.terminal().err().flush();
    PrintWriter out = root.terminal().out();
    out.println(Display.escape(answer.getToken()));
    out.flush();
    root.terminal().err().println(texts.text("certificates.token_next"));
  }
}
