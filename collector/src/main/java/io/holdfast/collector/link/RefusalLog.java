package io.holdfast.collector.link;

import io.holdfast.collector.door.QuietLog;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says why clients were refused. */
final class RefusalLog {
  private static final int MAX_DEPTH = 20;

  private final QuietLog log = new QuietLog(RefusalLog.class);

  /** A connection that never became a stream. {@code now}: by {@link System#nanoTime}. */
  void handshakeFailed(Throwable failure, long now) {
    say("agents' port: " + sentence(failure), now);
  }

  void say(String sentence, long now) {
    log.say(sentence, now);
  }

  static String sentence(Throwable failure) {
    List<Throwable> causes =
        Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(MAX_DEPTH).toList();
    if (has(causes, CertificateExpiredException.class)) {
      return "a client was refused: its certificate has expired";
    }
    if (has(causes, CertificateNotYetValidException.class)) {
      return "a client was refused: its certificate does not hold yet (are both clocks right?)";
    }
    String text =
        causes.stream().map(e -> String.valueOf(e.getMessage())).collect(Collectors.joining("; "));
    if (has(causes, CertPathBuilderException.class)
        || has(causes, CertPathValidatorException.class)
        || text.contains("Empty client certificate chain")) {
      return "a client was refused: it has no certificate that is signed by the CA in tls.ca";
    }
    if (text.contains("Received fatal alert")) {
      return "a client does not accept this collector's certificate (" + text + ")";
    }
    return has(causes, SSLException.class)
        ? "a client was refused: it does not speak TLS 1.3 with a client certificate"
        : "a connection ended before it became a stream";
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }
}
