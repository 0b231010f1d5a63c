package io.holdfast.collector.link;

import io.holdfast.proto.agent.v1.Hello;
import io.holdfast.proto.agent.v1.Refusal.Reason;
import io.holdfast.wire.PeerIdentity;
import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Decides whether a Hello opens a stream. */
final class HelloCheck {
  /** Version of the protocol that this build speaks. */
  static final int PROTOCOL = 1;

  private static final int MAX_TEXT = 128;

  private HelloCheck() {}

  /** The host that the peer's certificate names. */
  static String hostOf(HttpConnection connection) throws RefusedException {
    try {
      X509Certificate peer = (X509Certificate) connection.peerCertificates().get(0);
      PeerIdentity identity = PeerIdentity.of(peer);
      if (identity instanceof PeerIdentity.HostIdentity host) {
        return host.name();
      }
      throw new RefusedException(
          Reason.REASON_CERTIFICATE, "the certificate is no host's: it says " + identity);
    } catch (CertificateException | SSLPeerUnverifiedException e) {
      throw new RefusedException(Reason.REASON_CERTIFICATE, String.valueOf(e.getMessage()));
    }
  }

  /** Refuses, or returns what the agent said of itself. */
  static HelloInfo check(Hello hello, String certified, LinkHandler handler)
      throws RefusedException {
    if (hello.getProtocol() != PROTOCOL) {
      throw new RefusedException(
          Reason.REASON_PROTOCOL,
          "protocol "
              + hello.getProtocol()
              + " is not spoken here, only "
              + PROTOCOL
              + "; upgrade the older side");
    }
    if (!hello.getHost().equals(certified)) {
      throw new RefusedException(
          Reason.REASON_CERTIFICATE,
          "the certificate is for host "
              + certified
              + ", and the agent says that it is "
              + bounded("host", hello.getHost()));
    }
    HelloInfo info =
        new HelloInfo(
            bounded("build", hello.getBuild()),
            bounded("boot_id", hello.getBootId()),
            bounded("spool_id", hello.getSpoolId()),
            bounded("plan_hash", hello.getPlanHash()));
    if (info.spoolId().isEmpty()) {
      throw new RefusedException(Reason.REASON_BAD_MESSAGE, "the Hello has no spool_id");
    }
    if (!handler.knows(certified)) {
      throw new RefusedException(
          Reason.REASON_UNKNOWN_HOST, "the plan in force has no host " + certified);
    }
    return info;
  }

  /** The value, or refuses it: these are kept for each host. */
  static String bounded(String field, String value) throws RefusedException {
    if (value.length() > MAX_TEXT || value.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedException(
          Reason.REASON_BAD_MESSAGE,
          field + " is longer than " + MAX_TEXT + " characters or not printable");
    }
    return value;
  }
}
