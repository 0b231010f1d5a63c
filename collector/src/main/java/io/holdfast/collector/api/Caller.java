package io.holdfast.collector.api;

import io.holdfast.collector.door.Visas;
import io.holdfast.core.trust.Rejection;
import io.holdfast.wire.CertificateFacts;
import io.holdfast.wire.PeerIdentity;
import io.holdfast.wire.PeerIdentity.CollectorIdentity;
import io.holdfast.wire.PeerIdentity.HostIdentity;
import io.holdfast.wire.PeerIdentity.RoleIdentity;
import io.holdfast.wire.Role;
import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Who calls, by the certificate of the connection. */
public sealed interface Caller {

  /** An operator. */
  record Operator(Role role) implements Caller {}

  /** Came without a certificate. */
  record Anonymous() implements Caller {}

  /**
   * Came with a certificate that gives no role.
   *
   * @param why for people
   */
  record Stranger(String why) implements Caller {}

  /**
   * Came with a certificate that was good once.
   *
   * @param why for people
   */
  record Rejected(String why) implements Caller {}

  /** The caller on this connection, by a certificate that {@code visas} may reject. */
  static Caller on(HttpConnection connection, Visas visas) {
    SSLSession session = connection.sslSession();
    if (session == null) {
      return new Anonymous();
    }
    try {
      return of((X509Certificate) session.getPeerCertificates()[0], visas);
    } catch (SSLPeerUnverifiedException e) {
      return new Anonymous();
    }
  }

  /** Why the caller on this connection may not stay; empty: it may, or showed nothing. */
  static Optional<String> rejection(HttpConnection connection, Visas visas) {
    return on(connection, visas) instanceof Rejected rejected
        ? Optional.of(rejected.why())
        : Optional.empty();
  }

  private static Caller of(X509Certificate certificate, Visas visas) {
    try {
      Optional<Rejection> rejection = visas.rejection(CertificateFacts.of(certificate));
      if (rejection.isPresent()) {
        return new Rejected(rejection.get().message());
      }
      return switch (PeerIdentity.of(certificate)) {
        case RoleIdentity identity -> new Operator(identity.role());
        case HostIdentity host -> new Stranger("it is the certificate of host " + host.name());
        case CollectorIdentity collector ->
            new Stranger("it is the certificate of collector " + collector.name());
      };
    } catch (CertificateException e) {
      return new Stranger(String.valueOf(e.getMessage()));
    }
  }
}
