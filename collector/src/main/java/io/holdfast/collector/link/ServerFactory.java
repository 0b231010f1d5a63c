package io.holdfast.collector.link;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the agents' port listens. */
final class ServerFactory {
  private static final int MAX_STREAMS_OF_A_CONNECTION = 4;
  private static final int HANDSHAKE_SECONDS = 10;

  private ServerFactory() {}

  /** Reads the PEM files; refuses with a sentence that names the one that cannot be read. */
  static HttpServerOptions options(LinkServerSettings settings) throws IOException {
    int idleSeconds = (int) Math.max(1, 2 * settings.silence().toSeconds());
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(read("tls.certificate", settings.certificate()))
                .addKeyValue(read("tls.key", settings.key())))
        .setTrustOptions(new PemTrustOptions().addCertValue(read("tls.ca", settings.ca())))
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        // Strangers' handshakes must not take the event loop on which decisions are made.
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true))
        .setIdleTimeout(idleSeconds)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setInitialSettings(
            new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS_OF_A_CONNECTION));
  }

  private static Buffer read(String what, Path file) throws IOException {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new IOException(what + ": there is no file " + file, e);
    } catch (IOException e) {
      throw new IOException(what + ": cannot read " + file + ": " + e, e);
    }
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
