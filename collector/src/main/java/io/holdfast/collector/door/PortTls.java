package io.holdfast.collector.door;

import io.holdfast.wire.pem.PemText;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The certificates of a port, read from their files when the port is opened and each time they are
 * to be read anew.
 *
 * @param certificate PEM of this collector's, with its chain
 * @param key PEM of its PKCS#8 key; may be the same file
 * @param ca PEM of who signs the clients' certificates, one or several
 * @param clients whether a client must show one
 * @param versions of HTTP that are spoken
 */
public record PortTls(
    Path certificate, Path key, Path ca, ClientAuth clients, List<HttpVersion> versions) {
  private static final int HANDSHAKE_SECONDS = 10;

  /** Copies the list. */
  public PortTls {
    versions = List.copyOf(versions);
  }

  /**
   * Sets everything of TLS.
   *
   * @throws IOException when a file cannot be used; the message names it
   */
  public HttpServerOptions applyTo(HttpServerOptions options) throws IOException {
    PemText chain = new PemText(read("tls.certificate", certificate));
    PemText secret = new PemText(read("tls.key", key));
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(versions)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setClientAuth(clients)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificates(chain)))
                .addKeyValue(
                    Buffer.buffer(
                        secret
                            .keyText()
                            .orElseThrow(
                                () ->
                                    new IOException(
                                        "tls.key: no key (BEGIN PRIVATE KEY) in " + key)))))
        .setTrustOptions(TrustOptions.wrap(trust()))
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        // Strangers' handshakes must not take the event loop on which decisions are made.
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true));
    options
        .getSslOptions()
        .setApplicationLayerProtocols(versions.stream().map(HttpVersion::alpnName).toList());
    return options;
  }

  /**
   * Reads the files anew for connections that come from now on; those that are there stay. A file
   * that cannot be used leaves everything as it was.
   */
  public Future<Void> reload(Context context, HttpServer server) {
    return context
        .executeBlocking(() -> applyTo(new HttpServerOptions()).getSslOptions())
        .compose(fresh -> server.updateSSLOptions(fresh, true))
        .mapEmpty();
  }

  private String certificates(PemText chain) throws IOException {
    try {
      chain.certificates();
      return chain.certificateText();
    } catch (CertificateException e) {
      throw new IOException("tls.certificate: " + certificate + ": " + e.getMessage(), e);
    }
  }

  private ClientTrust trust() throws IOException {
    try {
      return ClientTrust.in(new PemText(read("tls.ca", ca)).certificates());
    } catch (GeneralSecurityException e) {
      throw new IOException("tls.ca: " + ca + ": " + e.getMessage(), e);
    }
  }

  private static String read(String what, Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException(what + ": there is no file " + file, e);
    } catch (IOException e) {
      throw new IOException(what + ": cannot read " + file + ": " + e, e);
    }
  }
}
