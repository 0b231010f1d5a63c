package io.holdfast.wire;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * Who a peer is: the one {@code holdfast:} URI among its certificate's alternative names, which is
 * also its text.
 */
public sealed interface PeerIdentity {

  /** {@code holdfast://host/NAME}: the agent of that host. */
  record HostIdentity(String name) implements PeerIdentity {
    @Override
    public String toString() {
      return "holdfast://host/" + name;
    }
  }

  /** {@code holdfast://collector/NAME}. */
  record CollectorIdentity(String name) implements PeerIdentity {
    @Override
    public String toString() {
      return "holdfast://collector/" + name;
    }
  }

  /** {@code holdfast://role/viewer|operator|admin}: an operator. */
  record RoleIdentity(Role role) implements PeerIdentity {
    @Override
    public String toString() {
      return "holdfast://role/" + role.label();
    }
  }

  /**
   * The identity in {@code certificate}, whose chain and dates the TLS layer has checked.
   *
   * @throws CertificateException when it has no {@code holdfast:} URI, several of them, or one that
   *     is not written as above; the message says which
   */
  static PeerIdentity of(X509Certificate certificate) throws CertificateException {
    return IdentityReader.read(certificate);
  }
}
