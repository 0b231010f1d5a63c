package io.holdfast.agent.link;

import io.holdfast.agent.link.LinkFailure.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Reads from the exceptions of TLS and sockets what a person needs to know. */
final class FailureReader {
  private static final int MAX_DEPTH = 20;

  private record Rule(Predicate<Throwable> fits, Kind kind, String sentence) {}

  /** The first rule that fits any of the causes applies. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              CertificateExpiredException.class::isInstance,
              Kind.COLLECTOR_CERTIFICATE_EXPIRED,
              "the collector's certificate has expired"),
          new Rule(
              CertificateNotYetValidException.class::isInstance,
              Kind.COLLECTOR_CERTIFICATE_EXPIRED,
              "the collector's certificate does not hold yet (are both clocks right?)"),
          new Rule(
              e -> e instanceof CertPathBuilderException || e instanceof CertPathValidatorException,
              Kind.COLLECTOR_CERTIFICATE_OF_ANOTHER_CA,
              "the collector's certificate is not signed by the CA in tls.ca"),
          new Rule(
              e ->
                  e instanceof CertificateException && says(e, "no subject alternative", "no name"),
              Kind.COLLECTOR_CERTIFICATE_FOR_ANOTHER_ADDRESS,
              "the collector's certificate is not for this address"),
          new Rule(
              e -> e instanceof CertificateException && says(e, "extended key usage"),
              Kind.NOT_A_COLLECTOR,
              "the certificate shown there is not for a server"),
          new Rule(
              e -> e instanceof SSLException && says(e, "fatal alert"),
              Kind.CERTIFICATE_REFUSED,
              "the collector refused this host's certificate"),
          new Rule(
              SSLException.class::isInstance,
              Kind.NO_TLS,
              "what listens there does not speak TLS 1.3 as a collector does"),
          new Rule(
              UnknownHostException.class::isInstance,
              Kind.NAME_NOT_RESOLVED,
              "the name is not known"),
          new Rule(
              e -> e instanceof ConnectTimeoutException || says(e, "timed out", "timeout"),
              Kind.TIMED_OUT,
              "no answer in time"),
          new Rule(
              e -> e instanceof ConnectException && says(e, "refused"),
              Kind.CONNECTION_REFUSED,
              "the connection was refused: no collector listens there"),
          new Rule(
              e ->
                  e instanceof NoRouteToHostException
                      || (e instanceof SocketException && says(e, "unreachable", "no route")),
              Kind.UNREACHABLE,
              "the host cannot be reached"),
          new Rule(
              e ->
                  e instanceof HttpClosedException
                      || e instanceof SocketException
                      || says(e, "connection was closed", "stream was closed"),
              Kind.CLOSED,
              "the connection was closed"));

  private FailureReader() {}

  static LinkFailure read(String collector, Throwable failure) {
    List<Throwable> causes =
        Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(MAX_DEPTH).toList();
    for (Rule rule : RULES) {
      for (Throwable cause : causes) {
        if (rule.fits().test(cause)) {
          return new LinkFailure(
              rule.kind(),
              collector,
              rule.sentence() + detail(cause),
              rule.kind().lasting() ? rule.sentence() : "");
        }
      }
    }
    return new LinkFailure(Kind.CLOSED, collector, "the stream failed: " + failure);
  }

  private static String detail(Throwable cause) {
    return cause.getMessage() == null
        ? ""
        : " (" + cause.getMessage().lines().findFirst().orElse("") + ")";
  }

  private static boolean says(Throwable failure, String... words) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return Stream.of(words).anyMatch(message::contains);
  }
}
