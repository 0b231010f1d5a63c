package io.holdfast.collector.link;

import io.holdfast.collector.door.PortTls;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How the agents' port listens. */
final class ServerFactory {
  private static final int MAX_STREAMS_OF_A_CONNECTION = 4;

  private ServerFactory() {}

  /** How the files of TLS are used. */
  static PortTls tls(LinkServerSettings settings) {
    return new PortTls(
        settings.certificate(),
        settings.key(),
        settings.ca(),
        ClientAuth.REQUIRED,
        List.of(HttpVersion.HTTP_2));
  }

  /** Reads the PEM files; refuses with a sentence that names the one that cannot be read. */
  static HttpServerOptions options(LinkServerSettings settings) throws IOException {
    int idleSeconds = (int) Math.max(1, 2 * settings.silence().toSeconds());
    return tls(settings)
        .applyTo(new HttpServerOptions())
        .setIdleTimeout(idleSeconds)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setInitialSettings(
            new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS_OF_A_CONNECTION));
  }

  static IOException explained(LinkServerSettings settings, Throwable failure) {
    String where = settings.address() + ":" + settings.port();
    if (failure instanceof BindException || failure.getCause() instanceof BindException) {
      return new IOException(
          "cannot listen for agents on "
              + where
              + ": "
              + failure.getMessage()
              + " (another process has the port, or the address is not this machine's)",
          failure);
    }
    return new IOException("cannot listen for agents on " + where + ": " + failure, failure);
  }
}
