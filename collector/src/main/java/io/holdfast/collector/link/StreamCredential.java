package io.holdfast.collector.link;

import io.holdfast.collector.door.Visas;
import io.holdfast.core.trust.PresentedCertificate;
import io.holdfast.core.trust.Rejection;
import io.holdfast.proto.agent.v1.Refusal.Reason;
import io.holdfast.wire.CertificateFacts;
import io.holdfast.wire.PeerIdentity;
import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The certificates of a stream: the one that opened it, and the newest that was issued over it. It
 * goes on for as long as the newest holds, and ends when either is revoked.
 */
final class StreamCredential {
  private final String host;
  private final PresentedCertificate shown;
  private PresentedCertificate newest;

  private StreamCredential(String host, PresentedCertificate shown) {
    this.host = host;
    this.shown = shown;
    this.newest = shown;
  }

  /** Refuses a peer that is no host. */
  static StreamCredential of(HttpConnection connection) throws RefusedException {
    try {
      X509Certificate peer = (X509Certificate) connection.peerCertificates().get(0);
      PeerIdentity identity = PeerIdentity.of(peer);
      if (identity instanceof PeerIdentity.HostIdentity host) {
        return new StreamCredential(host.name(), CertificateFacts.of(peer));
      }
      throw new RefusedException(
          Reason.REASON_CERTIFICATE, "the certificate is no host's: it says " + identity);
    } catch (CertificateException | SSLPeerUnverifiedException e) {
      throw new RefusedException(Reason.REASON_CERTIFICATE, String.valueOf(e.getMessage()));
    }
  }

  /** The host that the certificate names. */
  String host() {
    return host;
  }

  PresentedCertificate newest() {
    return newest;
  }

  void renewed(X509Certificate certificate) throws CertificateException {
    newest = CertificateFacts.of(certificate);
  }

  /** Refuses a stream that must not go on. */
  void check(Visas visas) throws RefusedException {
    Optional<Rejection> rejection =
        visas
            .rejection(shown)
            .filter(found -> found.kind() == Rejection.Kind.REVOKED)
            .or(() -> visas.rejection(newest));
    if (rejection.isPresent()) {
      throw refused(rejection.get());
    }
  }

  private RefusedException refused(Rejection rejection) {
    String remedy =
        "; to let the host in again, enrol it anew: holdfast certificates token " + host;
    return switch (rejection.kind()) {
      case EXPIRED ->
          new RefusedException(
              Reason.REASON_CERTIFICATE_EXPIRED,
              rejection.message() + " and was not renewed in time" + remedy);
      case REVOKED ->
          new RefusedException(Reason.REASON_CERTIFICATE_REVOKED, rejection.message() + remedy);
    };
  }
}
