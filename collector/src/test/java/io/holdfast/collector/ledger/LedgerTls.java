package io.holdfast.collector.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Knocks at a ledger's port with certificates of its own CA and of others. */
final class LedgerTls {
  private static final int TIMEOUT_MILLIS = 10_000;

  private LedgerTls() {}

  static void assertRefusesStrangers(int port, Path pki) {
    assertThat(isLetIn(port, pki, "ledger/collector-1")).isTrue();
    assertThat(isLetIn(port, pki, "collectors/collector-1")).isFalse();
    assertThat(isLetIn(port, pki, "operators/admin")).isFalse();
    assertThat(isLetIn(port, pki, "")).isFalse();
  }

  /** Whether the server sends its HTTP/2 settings; in TLS 1.3 a refusal comes that late. */
  private static boolean isLetIn(int port, Path pki, String client) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(pki, client), trust(pki.resolve("ledger-ca.crt")), null);
      try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", port)) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        SSLParameters parameters = ((SSLSocket) socket).getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        ((SSLSocket) socket).setSSLParameters(parameters);
        socket
            .getOutputStream()
            .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket.getInputStream().read() >= 0;
      }
    } catch (IOException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyManager[] keys(Path pki, String client)
      throws GeneralSecurityException, IOException {
    if (client.isEmpty()) {
      return new KeyManager[0];
    }
    String pem =
        Files.readString(pki.resolve(client + ".key")).replaceAll("-----[A-Z ]+-----|\\s", "");
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client", key, new char[0], new Certificate[] {read(pki.resolve(client + ".crt"))});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static javax.net.ssl.TrustManager[] trust(Path ca)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("ca", read(ca));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate read(Path file) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
