package io.holdfast.collector.door;

import io.holdfast.wire.CertificateFacts;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Java's own check of certificates, which says in addition which one it refused: an alert of TLS
 * tells the other end next to nothing, so the log must.
 */
final class ClientTrust extends X509ExtendedTrustManager {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_SHOWN = 200;

  private final X509ExtendedTrustManager java;

  private ClientTrust(X509ExtendedTrustManager java) {
    this.java = java;
  }

  static ClientTrust in(List<X509Certificate> authorities) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return new ClientTrust(
          (X509ExtendedTrustManager)
              Stream.of(factory.getTrustManagers())
                  .filter(X509ExtendedTrustManager.class::isInstance)
                  .findFirst()
                  .orElseThrow());
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private static void naming(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw chain.length == 0 ? e : new RejectedClientException(why(chain[0], e), e);
    }
  }

  private static String why(X509Certificate shown, CertificateException refused) {
    List<Throwable> causes =
        Stream.<Throwable>iterate(refused, e -> e != null, Throwable::getCause)
            .limit(MAX_DEPTH)
            .toList();
    String name = name(shown);
    if (causes.stream().anyMatch(CertificateExpiredException.class::isInstance)) {
      return name + " has expired; it held until " + shown.getNotAfter().toInstant();
    }
    if (causes.stream().anyMatch(CertificateNotYetValidException.class::isInstance)) {
      return name
          + " does not hold yet, only from "
          + shown.getNotBefore().toInstant()
          + " (are both clocks right?)";
    }
    if (String.valueOf(refused.getMessage()).contains("xtended key usage")) {
      return name + " is not for clients";
    }
    return name
        + " is not signed by the CA in tls.ca, but by "
        + printable(shown.getIssuerX500Principal().getName());
  }

  /** Nobody has checked it: it says so itself. */
  private static String name(X509Certificate shown) {
    try {
      return "the certificate that says " + CertificateFacts.of(shown);
    } catch (CertificateException e) {
      return "the certificate of " + printable(shown.getSubjectX500Principal().getName());
    }
  }

  private static String printable(String text) {
    String shortened = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + " ..." : text;
    return shortened.replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    naming(chain, () -> java.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    naming(chain, () -> java.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    naming(chain, () -> java.checkClientTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    java.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    java.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    java.checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return java.getAcceptedIssuers();
  }
}
