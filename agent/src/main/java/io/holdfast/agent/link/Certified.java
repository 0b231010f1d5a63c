package io.holdfast.agent.link;

import com.google.protobuf.ByteString;
import io.holdfast.wire.PeerIdentity;
import io.vertx.core.http.HttpConnection;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a collector shows and sends must be what it should be. */
final class Certified {
  private Certified() {}

  /** Refuses who answers and is no collector. */
  static void requireCollector(HttpConnection connection) throws CertificateException {
    try {
      X509Certificate peer = (X509Certificate) connection.peerCertificates().get(0);
      if (!(PeerIdentity.of(peer) instanceof PeerIdentity.CollectorIdentity)) {
        throw new CertificateException("its certificate says " + PeerIdentity.of(peer));
      }
    } catch (SSLPeerUnverifiedException e) {
      throw new CertificateException(e);
    }
  }

  /** Whether the certificate is that host's. */
  static boolean is(X509Certificate certificate, String host) {
    try {
      return PeerIdentity.of(certificate).equals(new PeerIdentity.HostIdentity(host));
    } catch (CertificateException e) {
      return false;
    }
  }

  /** The certificates that a collector sent, which must be for that host and that key. */
  static List<X509Certificate> chain(List<ByteString> sent, String host, KeyPair key)
      throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (ByteString der : sent) {
      chain.add(
          (X509Certificate)
              factory.generateCertificate(new ByteArrayInputStream(der.toByteArray())));
    }
    if (chain.isEmpty() || !chain.getFirst().getPublicKey().equals(key.getPublic())) {
      throw new CertificateException("the collector's answer is for another key");
    }
    if (!is(chain.getFirst(), host)) {
      throw new CertificateException(
          "the collector's answer is for " + PeerIdentity.of(chain.getFirst()));
    }
    return chain;
  }
}
