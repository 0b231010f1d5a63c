package io.holdfast.collector.link;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why connections never became streams: each sentence at most once a minute, since anyone can
 * cause them.
 */
final class HandshakeLog {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeLog.class);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MAX_DEPTH = 20;

  private final Map<String, Long> saidAt = new HashMap<>();

  /** {@code now} by {@link System#nanoTime}. */
  void failed(Throwable failure, long now) {
    String sentence = sentence(failure);
    Long before = saidAt.get(sentence);
    if (before == null || now - before > QUIET.toNanos()) {
      saidAt.put(sentence, now);
      LOG.warn("agents' port: {}", sentence);
      LOG.debug("agents' port", failure);
    }
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
    if (has(causes, CertPathBuilderException.class)
        || has(causes, CertPathValidatorException.class)) {
      return "a client was refused: its certificate is not signed by the CA in tls.ca";
    }
    return has(causes, SSLException.class)
        ? "a client was refused: it does not speak TLS 1.3 with a client certificate"
        : "a connection ended before it became a stream";
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }
}
