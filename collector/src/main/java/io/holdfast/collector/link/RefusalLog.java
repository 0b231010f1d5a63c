package io.holdfast.collector.link;

import io.holdfast.collector.door.QuietLog;
import io.holdfast.collector.door.RejectedClientException;
import java.util.List;
import java.util.Optional;
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
    Optional<Throwable> named =
        causes.stream().filter(RejectedClientException.class::isInstance).findFirst();
    if (named.isPresent()) {
      return "a client was refused: " + named.get().getMessage();
    }
    String text =
        causes.stream().map(e -> String.valueOf(e.getMessage())).collect(Collectors.joining("; "));
    if (text.contains("Empty client certificate chain")) {
      return "a client was refused: it showed no certificate";
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
