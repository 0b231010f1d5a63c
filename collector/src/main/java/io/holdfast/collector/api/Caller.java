package io.holdfast.collector.api;

import io.holdfast.wire.PeerIdentity;
import io.holdfast.wire.PeerIdentity.CollectorIdentity;
import io.holdfast.wire.PeerIdentity.HostIdentity;
import io.holdfast.wire.PeerIdentity.RoleIdentity;
import io.holdfast.wire.Role;
import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
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

  /** The caller on this connection. */
  static Caller on(HttpConnection connection) {
    SSLSession session = connection.sslSession();
    if (session == null) {
      return new Anonymous();
    }
    try {
      return of((X509Certificate) session.getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return new Anonymous();
    }
  }

  private static Caller of(X509Certificate certificate) {
    try {
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
